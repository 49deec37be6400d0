/** What a runbook says of signing with certificates, whoever verifies it. */
export const SIGNING = `Pipelines sign by digest, with a key that they may use and cannot read: \`notation sign --plugin azure-kv\` or \`--plugin hc-vault\` with a
certificate for code signing that your authority issued. Signatures of AWS Signer ask for its own plugin at the verifier, which
is not installed: sign with a certificate of your own.`;
