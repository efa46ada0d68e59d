// editor.js SCHEMAS: a YAML language server with our schemas completes keys and flags mistakes. Speaks the protocol over stdio.
const { spawn } = require('child_process');
const path = require('path');
const folder = path.resolve(process.argv[2]);
const server = spawn(process.execPath, [path.resolve('node_modules/yaml-language-server/out/server/src/server.js'), '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
const waiting = new Map();
const published = new Map();
let buffer = Buffer.alloc(0), last = 0;

function send(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
  server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
  server.stdin.write(body);
}
const notify = (method, params) => send({ method, params });
const ask = (method, params) => new Promise(done => { waiting.set(++last, done); send({ id: last, method, params }); });

const schemas = {};
for (const name of ['action', 'ruleset', 'vocabulary', 'provisions', 'tests'])
  schemas['file://' + path.join(folder, `bylaw-${name}.schema.json`)] = [`*.${name}.yaml`];
const settings = { yaml: { schemas, validate: true, completion: true, schemaStore: { enable: false } } };

server.stdout.on('data', data => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const end = buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = +/Content-Length: (\d+)/.exec(buffer.toString('latin1', 0, end))[1];
    if (buffer.length < end + 4 + length) return;
    const message = JSON.parse(buffer.toString('utf8', end + 4, end + 4 + length));
    buffer = buffer.subarray(end + 4 + length);
    if (message.method === 'textDocument/publishDiagnostics') published.set(message.params.uri, message.params.diagnostics);
    else if (message.method === 'workspace/configuration') send({ id: message.id, result: message.params.items.map(i => settings[i.section] || {}) });
    else if (message.method && message.id !== undefined) send({ id: message.id, result: null });
    else if (waiting.has(message.id)) waiting.get(message.id)(message.result);
  }
});

const pause = ms => new Promise(done => setTimeout(done, ms));
async function diagnostics(uri, text) {
  notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  for (let i = 0; i < 100 && !published.has(uri); i++) await pause(100);
  await pause(500);
  return published.get(uri) || [];
}

async function main() {
  let failed = 0;
  const holds = (condition, what) => { if (!condition) { failed++; console.log('FAIL ' + what); } };
  await ask('initialize', { processId: process.pid, rootUri: null, capabilities: { workspace: { configuration: true } }, initializationOptions: {} });
  notify('initialized', {});
  notify('workspace/didChangeConfiguration', { settings });
  const bad = await diagnostics('file:///m/a.action.yaml', 'acton: 解散\nrules: [wcasp]\ndeclared: 也许\n');
  holds(bad.some(d => /acton/.test(d.message)), 'an unknown key of an action is flagged: ' + JSON.stringify(bad));
  holds(bad.some(d => d.range.start.line === 2), 'a value that is none is flagged');
  const good = await diagnostics('file:///m/b.action.yaml', 'action: 解散\nrules: [wcasp]\ndate:\nfacts: {members: 8}\n');
  holds(good.length === 0, 'a right action is not flagged: ' + JSON.stringify(good));
  const norm = await diagnostics('file:///m/c.ruleset.yaml', 'ruleset: c\ntitle: {zh: 甲, en: a}\nnorms:\n  - id: x\n    modality: musst\n');
  holds(norm.some(d => d.range.start.line === 4), 'a misspelt modality is flagged');
  const keys = await (async () => {
    await diagnostics('file:///m/d.action.yaml', 'action: 解散\n\n');
    const list = await ask('textDocument/completion', { textDocument: { uri: 'file:///m/d.action.yaml' }, position: { line: 1, character: 0 } });
    return (list.items || list).map(i => i.label);
  })();
  for (const key of ['rules', 'date', 'declared', 'facts', 'waivers']) holds(keys.includes(key), `${key} is completed: ${keys}`);
  server.kill();
  process.exit(failed ? 1 : 0);
}
setTimeout(() => { console.log('FAIL the server does not answer'); server.kill(); process.exit(1); }, 60000).unref();
main();
