// Keeps the course's words apart in what authors write: 命名空间 is the Linux kind, 名字空间 the API object,
// and each teaching notion has one name. Knows only the texts in content/.
import { globSync, readFileSync } from 'node:fs';

interface Rule {
  readonly locale: 'zh' | 'en';
  readonly pattern: RegExp;
  readonly remedy: string;
}

const linuxKind = '(?:Linux|网络|进程|PID|IPC|UTS|挂载|用户|cgroup|内核|初始|宿主机?|节点)';
const rules: readonly Rule[] = [
  {
    locale: 'zh',
    pattern: new RegExp(`${linuxKind}\\s*的?\\s*名字空间`, 'gi'),
    remedy: 'Linux 的 namespace 译作“命名空间”',
  },
  {
    locale: 'zh',
    pattern: /(?:Kubernetes|API|default|kube-system|kube-public|metadata\.namespace|kubectl\s+-n)[`”"]?\s*的?\s*命名空间/gi,
    remedy: 'Kubernetes API 的 Namespace 译作“名字空间”',
  },
  { locale: 'zh', pattern: /名称空间|命名空間/g, remedy: '只用“命名空间”（Linux）或“名字空间”（API 对象）' },
  { locale: 'zh', pattern: /容器组|Pod\s*组/g, remedy: 'Pod 不译' },
  {
    locale: 'zh',
    pattern: /(?:第[一二三四五六七八九十\d]+|下一|上一|本|这一)关(?![系于键注节])|闯关/g,
    remedy: '用“课”“练习”“目标”',
  },
  {
    locale: 'en',
    pattern: /\b(?:Kubernetes|API|kube-system|kube-public)`?\s+namespaces?\b/g,
    remedy: 'the API object is a "Namespace", capitalised',
  },
  {
    locale: 'en',
    pattern: /\b(?:Network|PID|IPC|UTS|Mount|User|Linux)\s+Namespaces?\b(?=\s+[a-z])/g,
    remedy: 'the Linux kind is a "namespace", lower case',
  },
];

/** Text with everything blanked out that is not prose: code, front matter keys, imports, addresses. */
function prose(text: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  return text
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, blank)
    .replace(/^import .*$/gm, blank)
    .replace(/https?:\/\/\S+/g, blank);
}

const problems: string[] = [];
const files = globSync('content/**/{zh,en}.{md,mdx,json}').sort();
for (const file of files) {
  const locale = /(zh|en)\.\w+$/.exec(file)?.[1];
  const text = prose(readFileSync(file, 'utf8'));
  for (const rule of rules.filter((each) => each.locale === locale)) {
    for (const match of text.matchAll(rule.pattern)) {
      const line = text.slice(0, match.index).split('\n').length;
      problems.push(`${file}:${line}: “${match[0]}”: ${rule.remedy}`);
    }
  }
}
console.log(`${files.length} texts`);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}
