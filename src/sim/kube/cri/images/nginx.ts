/** The image `nginx` (1.22, as Debian 12 packages it). */
import { DEBIAN_LAYOUT, debianConfiguration, MINIMAL_PACKAGES, packageFiles } from '../../../linux/distribution/debian-packages.ts';
import { fileTemplate } from '../../../linux/fs/file-template.ts';
import { defineImage } from './image.ts';

const CONFIGURATION = `user www-data;
worker_processes auto;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;

events {
	worker_connections 768;
}

http {
	sendfile on;
	tcp_nopush on;
	types_hash_max_size 2048;
	include /etc/nginx/mime.types;
	default_type application/octet-stream;
	access_log /var/log/nginx/access.log;
	include /etc/nginx/conf.d/*.conf;
	include /etc/nginx/sites-enabled/*;
}
`;

const DEFAULT_SITE = `server {
	listen 80 default_server;
	listen [::]:80 default_server;
	root /var/www/html;
	index index.html index.htm index.nginx-debian.html;
	server_name _;
	location / {
		try_files $uri $uri/ =404;
	}
}
`;

const WELCOME = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;

export const nginx = defineImage({
  repository: 'docker.io/library/nginx',
  tags: ['latest', '1.22'],
  digest: '5b1f0c6a8d4e27930f6a1be45c7d98e2036fa4bd1c8e7592d0a36b4f91e8c7d5',
  size: 58_913_402,
  command: ['nginx', '-g', 'daemon off;'],
  stopSignal: 'SIGQUIT',
  exposedPorts: ['80/tcp'],
  files: () =>
    fileTemplate({
      ...DEBIAN_LAYOUT,
      ...debianConfiguration(),
      ...packageFiles([...MINIMAL_PACKAGES, 'iproute2']),
      '/etc/nginx/conf.d': { directory: true },
      '/etc/nginx/mime.types': 'types {\n    text/html html htm shtml;\n    text/css css;\n    text/plain txt;\n}\n',
      '/etc/nginx/nginx.conf': CONFIGURATION,
      '/etc/nginx/sites-available/default': DEFAULT_SITE,
      '/etc/nginx/sites-enabled/default': { link: '/etc/nginx/sites-available/default' },
      '/usr/sbin/nginx': { program: 'nginx/nginx', size: 1_280_224 },
      '/usr/share/nginx/html/index.html': WELCOME,
      '/var/lib/nginx': { directory: true },
      '/var/log/nginx': { directory: true, uid: 33, gid: 4 },
      '/var/www/html/index.nginx-debian.html': WELCOME,
    }),
});
