/** What tests of infrastructure in a network that is given are told of it. */
import { hcl } from '../../../files/hcl.ts';

/** The tests of the module run without an account: what is asked of the network is answered here. */
export const EXISTING_NETWORK_MOCKS = hcl`

mock_data "aws_subnets" {
  defaults = {
    ids = ["subnet-a", "subnet-b", "subnet-c"]
  }
}`;

/** Where nothing leaves it. */
export const CLOSED_NETWORK_MOCKS = hcl`

mock_data "aws_vpc" {
  defaults = {
    owner_id             = "000000000000"
    enable_dns_support   = true
    enable_dns_hostnames = true
  }
}`;

export const EXISTING_NETWORK_VALUES = hcl`

vpc_id                   = "vpc-00000000000000000"
node_subnet_ids          = { zone-a = "subnet-a", zone-b = "subnet-b", zone-c = "subnet-c" }
control_plane_subnet_ids = ["subnet-d", "subnet-e", "subnet-f"]`;

/** The same in Auto Mode. */
export const AUTO_NETWORK_VALUES = hcl`

vpc_id          = "vpc-00000000000000000"
node_subnet_ids = { zone-a = "subnet-a", zone-b = "subnet-b", zone-c = "subnet-c" }`;

/** Where its owner gives pods subnets of their own. */
export const POD_SUBNET_VALUES = hcl`
pod_subnet_ids           = { zone-a = "subnet-g", zone-b = "subnet-h", zone-c = "subnet-i" }`;
