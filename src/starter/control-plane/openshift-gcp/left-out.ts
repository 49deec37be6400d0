/** What is not generated for OpenShift on Google Cloud beside what no cloud has. */
import type { PlatformFit } from '../../platform-fit.ts';
import { joinsNone } from '../openshift-cloud/left-out.ts';

const JOINED =
  'A mesh that joins clusters reads the API of each from the networks of the others. On Google Cloud the installer of OpenShift binds the name of its API to one network and lets machines of that alone in: the way between is not generated there yet. Within each cluster Istio is, and on AWS and on hosts of your own it joins them.';

export const leftOutOnGoogle = (fit: PlatformFit): PlatformFit => joinsNone(fit, JOINED);
