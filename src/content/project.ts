/** Project details: free text that names things. Conditions never read it. Everything but the name may be absent. */
export interface Project {
  readonly name: string;
  readonly organisation?: string;
  readonly domain?: string;
  /** https URL of the Git repository that the starter will live in. */
  readonly repository?: string;
  readonly regions?: readonly string[];
  readonly teams?: readonly string[];
  /** Name of the OIDC group per role. */
  readonly oidcGroups?: { readonly platform?: string; readonly developers?: string };
  readonly deciders?: readonly string[];
  /** E-mail address or https webhook that alerts go to. */
  readonly alertReceiver?: string;
  /** IPv4 CIDRs. */
  readonly network?: { readonly vpc?: string; readonly pods?: string; readonly services?: string };
}
