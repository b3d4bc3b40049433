interface Vulnerability {
  readonly name: string;
  readonly severity: string;
  readonly range: string;
}

/** What `npm audit --json` prints: vulnerabilities, or that it could not ask. */
interface Report {
  readonly vulnerabilities?: Readonly<Record<string, Vulnerability>>;
}

const read = (text: string): Report => {
  try {
    return JSON.parse(text) as Report;
  } catch {
    return {};
  }
};

/** What the answer of `npm audit --json` means. */
export const auditVerdict = (text: string): { readonly passed: boolean; readonly lines: readonly string[] } => {
  const { vulnerabilities } = read(text);
  if (vulnerabilities === undefined)
    return { passed: true, lines: ['NOT ASKED: the registry in use answers no audit. Ask where one does.'] };
  const found = Object.values(vulnerabilities).map(({ name, severity, range }) => `${name} ${range}: ${severity}`);
  return { passed: found.length === 0, lines: [...found, `${found.length} vulnerable packages in production`] };
};
