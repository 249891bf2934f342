/** The image `busybox`. */
import { busyboxFiles } from './busybox-files.ts';
import { defineImage } from './image.ts';

export const busybox = defineImage({
  repository: 'docker.io/library/busybox',
  tags: ['latest', '1.37'],
  digest: '3c9a7b1e5d20f48a6b7ce01d9f35a824c6e8d0b1f27a9345be60d1c8a7f4e259',
  size: 1_302_574,
  command: ['sh'],
  files: busyboxFiles,
});
