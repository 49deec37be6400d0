/** Where the repository keeps what the installer and oc-mirror are told. */
export const FOLDER = 'infra/openshift';
