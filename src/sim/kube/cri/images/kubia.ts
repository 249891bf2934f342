/** The image `luksa/kubia`: an HTTP server that tells which host it hit. */
import { DEBIAN_LAYOUT, debianConfiguration, MINIMAL_PACKAGES, packageFiles } from '../../../linux/distribution/debian-packages.ts';
import { fileTemplate } from '../../../linux/fs/file-template.ts';
import { defineImage } from './image.ts';

export const kubia = defineImage({
  repository: 'docker.io/luksa/kubia',
  tags: ['latest'],
  digest: '6e14dc6c16e7a13ad71bbc42ebccf95192750e1e5bda596177a3d0b26b9ce7e9',
  size: 62_370_864,
  command: ['node', 'app.js'],
  files: () =>
    fileTemplate({
      ...DEBIAN_LAYOUT,
      ...debianConfiguration(),
      ...packageFiles([...MINIMAL_PACKAGES, 'procps', 'curl']),
      '/usr/local/bin/node': { program: 'node/nodejs', size: 5_206_178 },
    }),
});
