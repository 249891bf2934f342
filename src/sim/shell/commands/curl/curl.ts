/** curl 7.88 for HTTP(S): fetches URLs and words its failures (lib/url.c, lib/connect.c, lib/multi.c, src/tool_operate.c). Encrypts nothing. */
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { CURL_OPTIONS, readCurlOptions } from './curl-options.ts';
import { Transfer } from './transfer.ts';

const TRY = "curl: try 'curl --help' or 'curl --manual' for more information\n";

const HELP = `Usage: curl [options...] <url>
 -d, --data <data>          HTTP POST data
 -f, --fail                 Fail fast with no output on HTTP errors
 -h, --help <category>      Get help for commands
 -i, --include              Include protocol response headers in the output
 -o, --output <file>        Write to file instead of stdout
 -O, --remote-name          Write output to a file named as the remote file
 -s, --silent               Silent mode
 -T, --upload-file <file>   Transfer local FILE to destination
 -u, --user <user:password> Server user and password
 -A, --user-agent <name>    Send User-Agent <name> to server
 -v, --verbose              Make the operation more talkative
 -V, --version              Show version number and quit

This is not the full help, this menu is stripped into categories.
Use "--help category" to get an overview of all categories.
For all options use the manual or "--help all".
`;

const VERSION = `curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.19 zlib/1.2.13 brotli/1.0.9 zstd/1.5.4 libidn2/2.3.3 libpsl/0.21.2 (+libidn2/2.3.3) libssh2/1.10.0 nghttp2/1.52.0 librtmp/2.3 OpenLDAP/2.5.13
Release-Date: 2023-02-20, security patched: 7.88.1-10+deb12u14
Protocols: dict file ftp ftps gopher gophers http https imap imaps ldap ldaps mqtt pop3 pop3s rtmp rtsp scp sftp smb smbs smtp smtps telnet tftp
Features: alt-svc AsynchDNS brotli GSS-API HSTS HTTP2 HTTPS-proxy IDN IPv6 Kerberos Largefile libz NTLM NTLM_WB PSL SPNEGO SSL threadsafe TLS-SRP UnixSockets zstd
`;

/** Virtual milliseconds from the last byte to the end of the process. */
const TEARDOWN = 2;

export const command: Command = {
  name: 'curl',
  suite: 'curl',
  summary: { zh: '发出 HTTP 请求', en: 'Make HTTP requests' },
  options: CURL_OPTIONS,
  *run(context): Running {
    const options = readCurlOptions(context.args);
    if (options.kind === 'mistake') {
      context.err(`curl: option ${options.message}\n${TRY}`);
      return 2;
    }
    if (options.has('help')) {
      context.out(HELP);
      return 0;
    }
    if (options.has('version')) {
      context.out(VERSION);
      return 0;
    }
    if (options.urls.length === 0) {
      context.err(context.args.length === 0 ? TRY : `curl: no URL specified!\n${TRY}`);
      return 2;
    }
    let code = 0;
    for (const [index, url] of options.urls.entries()) {
      code = yield* new Transfer(context, options, { url, output: options.values('output')[index], number: index }).perform();
      if (code !== 0 && options.has('fail-early')) return code;
    }
    yield* context.sleep(TEARDOWN);
    return code;
  },
};
