/** `tofu output -json cluster_vars` as lines of NAME=VALUE. Values may have commas, colons and braces in them: lists, addresses, settings. */
export const AS_LINES = String.raw`tr -d '\n' | sed -E 's/[{,] *"([A-Z_]+)": *"?/|\1=/g; s/"\|/|/g; s/"?[ }]*$//' | tr '|' '\n' | grep .`;
