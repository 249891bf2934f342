/**
 * /etc/services as the package netbase 6.4 of Debian 12 has it, cut to the names that people meet. Other ports of its list have
 * no name here.
 */

/** Name, port (`t` TCP only, `u` UDP only, else both), other names. */
const SERVICES =
  'tcpmux 1t,echo 7,discard 9 sink null,systat 11t users,daytime 13,netstat 15t,qotd 17t quote,chargen 19 ttytst source,ftp-data 20t,ftp 21t,ssh 22t,telnet 23t,smtp 25t mail,time 37 timserver,whois 43t nicname,tacacs 49,domain 53,bootps 67u,bootpc 68u,tftp 69u,gopher 70t,finger 79t,http 80t www,kerberos 88 kerberos5 krb5 kerberos-sec,pop3 110t pop-3,sunrpc 111 portmapper,auth 113t authentication tap ident,nntp 119t readnews untp,ntp 123u,epmap 135t loc-srv,netbios-ns 137u,netbios-dgm 138u,netbios-ssn 139t,imap2 143t imap,snmp 161,snmp-trap 162 snmptrap,bgp 179t,ldap 389,https 443,microsoft-ds 445t,isakmp 500u,rtsp 554,syslog 514u,printer 515t spooler,submission 587t,ldaps 636,kerberos-adm 749t,domain-s 853,rsync 873t,ftps 990t,imaps 993t,pop3s 995t,socks 1080t,openvpn 1194,nfs 2049,mysql 3306t,ms-wbt-server 3389t,svn 3690t subversion,sip 5060,sip-tls 5061,xmpp-client 5222t jabber-client,postgresql 5432t postgres,amqp 5672t,x11 6000t x11-0,redis 6379t,http-alt 8080t webcache,bacula-dir 9101t,zabbix-agent 10050t,zabbix-trapper 10051t,git 9418t,webmin 10000t';

/** The text of the file: one line per port and protocol, in the columns of the package. */
export function servicesFile(): string {
  let text = '# Network services, Internet style\n#\n\n';
  for (const entry of SERVICES.split(',')) {
    const [name = '', port = '', ...others] = entry.split(' ');
    const only = /[tu]$/.exec(port)?.[0];
    const number = Number.parseInt(port, 10);
    for (const protocol of ['tcp', 'udp']) {
      if (only !== undefined && !protocol.startsWith(only)) continue;
      const end = `${number}/${protocol}`;
      text += `${name}${name.length < 8 ? '\t\t' : '\t'}${end}${others.length > 0 ? `${end.length < 8 ? '\t\t' : '\t'}${others.join(' ')}` : ''}\n`;
    }
  }
  return text;
}
