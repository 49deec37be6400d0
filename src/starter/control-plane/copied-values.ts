/** How the values of a cluster come to be: copies of what is written as an example. Pipelines take them from Git. */

/** For a step: "Copy … , and apply …". */
export function copiedValues(folder: string, cluster: string): string {
  const values = `\`${folder}/envs/${cluster}.tfvars.example\` and \`.tfbackend.example\``;
  return `${values} without \`.example\`, commit the copies, which pipelines read and which hold no secret`;
}

/** The same as commands, in that folder. */
export function copyValues(cluster: string): string {
  const [values, backend] = [`envs/${cluster}.tfvars`, `envs/${cluster}.tfbackend`];
  return `cp ${values}.example ${values}
cp ${backend}.example ${backend}
git add ${values} ${backend} # pipelines read both; no secret is in them`;
}
