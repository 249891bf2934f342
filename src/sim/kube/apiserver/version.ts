/** What the API server says of itself at /version, whoever asks (apiserver pkg/server/routes/version.go, v0.37). */
import { KUBERNETES_VERSION } from '../system-objects.ts';

export const SERVER_VERSION = {
  major: '1',
  minor: '37',
  emulationMajor: '1',
  emulationMinor: '37',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '36',
  gitVersion: KUBERNETES_VERSION,
  compiler: 'gc',
  platform: 'linux/amd64',
};
