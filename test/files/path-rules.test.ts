import { describe, expect, it } from 'vitest';
import { checkPaths, pathProblem } from '../../src/files/path-rules.ts';

describe('a path in a tree', () => {
  it.each([
    ['../x', 'the path leads out of the directory'],
    ['a/../../x', 'the path leads out of the directory'],
    ['a/./x', 'the path leads out of the directory'],
    ['/etc/passwd', 'the path is absolute'],
    ['C:/x', 'the path is absolute'],
    ['\\\\server\\x', 'the path is absolute'],
    ['a\\b', 'the path contains a backslash'],
    ['', 'the path is empty'],
    ['a//b', 'a part of the path is empty'],
    ['a/', 'a part of the path is empty'],
    ['a\0b', 'the path contains an unprintable character'],
    ['a\nb', 'the path contains an unprintable character'],
    ['a\u202eb', 'the path contains an unprintable character'],
    ['e\u0301.md', 'the path contains letters in a form that file systems change'],
    ['x/a:b', 'a:b contains a character that Windows does not take'],
    ['what?.md', 'what?.md contains a character that Windows does not take'],
    ['apps/aux/x.yaml', 'aux is the name of a device on Windows'],
    ['NUL.txt', 'NUL.txt is the name of a device on Windows'],
    ['com1', 'com1 is the name of a device on Windows'],
    ['a./b', 'a. ends with a dot or a space'],
    ['a /b', 'a  ends with a dot or a space'],
    ['.git/hooks/post-checkout', '.git belongs to Git'],
    ['.GIT/config', '.GIT belongs to Git'],
    ['GIT~1/config', 'GIT~1 belongs to Git'],
    [`${'a'.repeat(201)}`, 'the path is longer than 200 characters'],
  ])('is refused when it is %j', (path, why) => {
    expect(pathProblem(path)).toBe(why);
    expect(checkPaths([path])).toMatchObject([{ code: 'bad-path', file: path }]);
  });

  it.each([
    '.github/workflows/ci.yml',
    '.gitignore',
    'docs/adr/0001-größe.md',
    'com10',
    'console.ts',
    'a.b.c',
    '.chartroom/answers.yaml',
  ])('may be %s', path => {
    expect(checkPaths([path])).toEqual([]);
  });

  it.each([
    [['README.md', 'readme.md'], 'same-but-for-case'],
    [['apps/Web/x', 'apps/web/y'], 'same-but-for-case'],
    [['a', 'a/b'], 'file-and-directory'],
    [['a/b', 'a'], 'file-and-directory'],
  ])('is refused beside the other one in %j', (paths, code) => {
    expect(checkPaths(paths).map(problem => problem.code)).toEqual([code]);
  });
});
