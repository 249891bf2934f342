/** The image `debian`: a minimal Debian 12. */
import { DEBIAN_LAYOUT, debianConfiguration, MINIMAL_PACKAGES, packageFiles } from '../../../linux/distribution/debian-packages.ts';
import { fileTemplate } from '../../../linux/fs/file-template.ts';
import { defineImage } from './image.ts';

export const debian = defineImage({
  repository: 'docker.io/library/debian',
  tags: ['latest', '12'],
  digest: 'a1c6e5720b9f84d37e2160bc8fd45a937c0e1b6d92f83a5470d6ceb1947f2a38',
  size: 49_286_215,
  command: ['bash'],
  files: () => fileTemplate({ ...DEBIAN_LAYOUT, ...debianConfiguration(), ...packageFiles(MINIMAL_PACKAGES) }),
});
