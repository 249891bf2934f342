/** The image `alpine`. */
import { busyboxFiles } from './busybox-files.ts';
import { defineImage } from './image.ts';

export const alpine = defineImage({
  repository: 'docker.io/library/alpine',
  tags: ['latest', '3.22'],
  digest: 'd75788e3ae68c1643502c2a2f46aed0c4001709f1498244508b919e40488a03a',
  size: 1_302_578,
  command: ['/bin/sh'],
  files: busyboxFiles,
});
