/** Variables of machines: what they start from, how large they are, and who gets onto them. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../../serverless-service/code.ts';
import type { Distribution } from '../self-managed/distribution.ts';

export type Architecture = 'amd64' | 'arm64';

export function machineVariables(
  { setUpBy }: Distribution,
  architecture: Architecture,
  sizes: Readonly<Record<string, string>>,
): HclExpression {
  const roles = Object.keys(sizes);
  const machine = Object.fromEntries(
    Object.entries(sizes).map(([role, size]) => [role, { size, disk_size_gb: 128 }]),
  );
  const image =
    setUpBy === 'machine'
      ? hcl`
variable "image" {
  description = "What machines start from: the newest build of an Ubuntu with long support. A machine keeps its image until it is made anew."
  type = object({
    publisher = string
    offer     = string
    sku       = string
    version   = string
  })
  default = ${{
    publisher: 'Canonical',
    offer: 'ubuntu-26_04-lts',
    sku: architecture === 'arm64' ? 'server-arm64' : 'server',
    version: 'latest',
  }}
}
`
      : hcl`
variable "image_id" {
  description = "Image of Talos that machines start from: its file for Azure, of the version in infra/talos, as an image of your subscription or gallery."
  type        = string
}
`;
  return together(
    hcl`
variable "machines" {
  description = "Size and disk of the machines of each role. A line in the inventory is a machine more."
  type = map(object({
    size         = string
    disk_size_gb = number
  }))
  default = ${machine}

  validation {
    condition     = length(setsubtract(${roles}, keys(var.machines))) == 0
    error_message = "Each role needs a size: ${{ kind: 'expression', code: `${roles.slice(0, -1).join(', ')} and ${roles.at(-1)}` }}."
  }
}
`,
    image,
    hcl`
variable "ssh_public_key" {
  description = "Public half of the key by which whoever runs the cluster gets onto machines, as the user operator. Azure makes no Linux machine without one."
  type        = string
}
`,
  );
}
