/** Lets Docker into a registry of ECR; its region stands in its name. */
export const ECR_LOGIN = `region=$(sed -E 's/^.*\\.ecr\\.([a-z0-9-]+)\\..*$/\\1/' <<< "$1")
aws ecr get-login-password --region "$region" | docker login --username AWS --password-stdin "$1" > /dev/null`;
