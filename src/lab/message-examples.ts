// One message as a real component prints it for each code that is explained in a terminal, for the page that lists them.
// A test holds every example against the rules that recognise it.

export interface MessageExample {
  readonly code: string;
  /** The line typed, and what it printed. */
  readonly line: string;
  readonly printed: string;
}

/** In the order of the page: commands, the API, programs, the network. */
export const MESSAGE_EXAMPLES: readonly MessageExample[] = [
  { code: 'commandNotFound', line: 'frob', printed: 'bash: frob: command not found' },
  { code: 'commandMeant', line: 'ifconfg', printed: 'bash: ifconfg: command not found' },
  { code: 'noSuchVerb', line: 'kubectl lst po', printed: 'error: unknown command "lst" for "kubectl"' },
  { code: 'noSuchFlag', line: 'kubectl get po --wide', printed: 'error: unknown flag: --wide' },
  { code: 'noSuchResource', line: 'kubectl get pds', printed: 'error: the server doesn\'t have a resource type "pds"' },
  { code: 'noSuchObject', line: 'kubectl get po kubia', printed: 'Error from server (NotFound): pods "kubia" not found' },
  { code: 'noSuchFile', line: 'kubectl create -f kubia.yaml', printed: 'error: the path "kubia.yaml" does not exist' },
  {
    code: 'alreadyExists',
    line: 'kubectl create -f kubia.yaml',
    printed: 'Error from server (AlreadyExists): error when creating "kubia.yaml": pods "kubia" already exists',
  },
  {
    code: 'podSecurity',
    line: 'kubectl create -f host-pid.yaml',
    printed:
      'Error from server (Forbidden): error when creating "host-pid.yaml": pods "host-pid" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostPID=true)',
  },
  {
    code: 'forbidden',
    line: 'kubectl get secrets',
    printed:
      'Error from server (Forbidden): secrets is forbidden: User "system:serviceaccount:default:default" cannot list resource "secrets" in API group "" in the namespace "default"',
  },
  {
    code: 'noContainer',
    line: 'kubectl exec kubia -- ps',
    printed: 'error: Internal error occurred: unable to upgrade connection: container not found ("kubia")',
  },
  { code: 'noSuchProcess', line: 'kill 4974', printed: "sh: can't kill pid 4974: No such process" },
  { code: 'notPermitted', line: 'kill 4974', printed: "sh: can't kill pid 4974: Operation not permitted" },
  { code: 'portInUse', line: 'kubectl logs kubia', printed: 'Error: listen EADDRINUSE: address already in use :::8080' },
  {
    code: 'refused',
    line: 'curl http://192.168.2.205:9000',
    printed: "curl: (7) Failed to connect to 192.168.2.205 port 9000 after 0 ms: Couldn't connect to server",
  },
  { code: 'timedOut', line: 'curl -m 3 http://10.244.1.7:8080', printed: 'curl: (28) Connection timed out after 3001 milliseconds' },
  { code: 'noSuchHost', line: 'curl http://kubia', printed: 'curl: (6) Could not resolve host: kubia' },
];
