/** What the runbook asks of a network that somebody else makes and nothing leaves, before anything is made in it. */
/** `house`: where its route leads. */
export const givenAndClosed = (house: string) => `
- The network is there, in this account: a private subnet in each of three zones with the tags that \`node_subnet_ids\` asks for, no route to the internet, and a route
  to ${house}. Its resolver answers private names: \`enable_dns_support\` and \`enable_dns_hostnames\` are on. Endpoints are made in it (\`endpoints.tf\`);
  those that its owner has already stand in \`endpoints_of_owner\`, with \`s3\` by name and not as a route alone. Each cluster has such a network for itself: a name leads to one
  endpoint, and one private zone answers for it.`;

export const GIVEN_AND_CLOSED = givenAndClosed('the ranges of `people_ranges`');
