/** Accounts of Google's own that the infrastructure names: Google makes each when a service is first used, which is too late. */
import type { GkeChoices } from './choices.ts';

/** Commands of the runbook for the beginning, after the APIs are there; nothing where no such account is named. */
export function serviceAgents({ backupForGke, workQueue }: GkeChoices, on: 'gke' | 'machines'): string {
  const services = [...(backupForGke && on === 'gke' ? ['gkebackup'] : []), ...(workQueue ? ['pubsub'] : [])];
  if (services.length === 0) return '';
  const commands = services.map(
    service => `gcloud beta services identity create --service ${service}.googleapis.com --project PROJECT\n`,
  );
  return `
The infrastructure gives rights to ${services.length === 1 ? 'an account' : 'accounts'} of Google itself, which Google would make at the first use of the service and not before:

\`\`\`sh
${commands.join('')}\`\`\`
`;
}
