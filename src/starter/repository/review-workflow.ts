/** .github/workflows/review.yaml: once a month, whether what was decided still stands; what it finds becomes an issue. */
import { yamlComment } from '../../files/yaml.ts';
import { headline } from '../headline.ts';
import type { StarterInput } from '../part.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { anyRunner } from '../runners.ts';
import { checkout, signsInGh } from '../workflow-steps.ts';
import type { DeclaredPlaceholder } from './placeholders.ts';

export const REVIEW_WORKFLOW_PATH = '.github/workflows/review.yaml';

/** Chartroom is in no registry yet, so nobody but the user can say where it comes from. */
export const REVIEW_PLACEHOLDERS: readonly DeclaredPlaceholder[] = [
  {
    token: TOKENS.chartroom,
    meaning:
      'Where npx gets Chartroom for the monthly review: a Git address with a commit, or a package made by npm pack and committed here. Without a review, delete .github/workflows/review.yaml instead.',
    example: 'git+https://github.com/acme/chartroom.git#1f3c0a7',
  },
];

/** Two jobs, so that what is fetched from elsewhere never holds the right to write issues. */
export function reviewWorkflow(input: StarterInput): string {
  const comment = headline(
    input,
    'platform-defaults',
    'Once a month: do the decisions still stand, is a record due, did a file drift? What is found becomes an issue.',
  );
  return `${yamlComment(comment)}
name: review
on:
  schedule:
    - cron: "17 6 1 * *"
  workflow_dispatch:
permissions: {}
concurrency:
  group: review
jobs:
  review:
    runs-on: ${anyRunner(input)}
    timeout-minutes: 15
    permissions:
      contents: read
    outputs:
      differs: \${{ steps.review.outputs.differs }}
      report: \${{ steps.review.outputs.report }}
    steps:
${checkout(input)}
      # Node is on the runner. Exit code 4: something changed.
      - id: review
        env:
          CHARTROOM: ${TOKENS.chartroom}
        run: |
          report="$RUNNER_TEMP/report.txt"
          code=0
          npx --yes --package="$CHARTROOM" chartroom review . >"$report" || code=$?
          cat "$report"
          case "$code" in
            0) differs=false ;;
            4) differs=true ;;
            *) exit "$code" ;;
          esac
          end="$(openssl rand -hex 16)"
          {
            echo "differs=$differs"
            echo "report<<$end"
            cat "$report"
            echo "$end"
          } >>"$GITHUB_OUTPUT"
  issue:
    needs: review
    runs-on: ${anyRunner(input)}
    timeout-minutes: 5
    permissions:
      issues: write
    steps:
      - env:
${signsInGh(input)}
          GH_REPO: \${{ github.repository }}
          TITLE: The review of the decisions found something
          DIFFERS: \${{ needs.review.outputs.differs }}
          REPORT: \${{ needs.review.outputs.report }}
        run: |
          body="$RUNNER_TEMP/body.md"
          printf '~~~text\\n%s\\n~~~\\n' "$REPORT" >"$body"
          open="$(gh issue list --state open --limit 1000 --json number,title --jq 'map(select(.title == env.TITLE)) | .[0].number // empty')"
          if [ "$DIFFERS" = true ] && [ -n "$open" ]; then
            gh issue edit "$open" --body-file "$body"
          elif [ "$DIFFERS" = true ]; then
            gh issue create --title "$TITLE" --body-file "$body"
          elif [ -n "$open" ]; then
            gh issue close "$open" --comment 'The review finds nothing any more.'
          fi
`;
}
