// sarif.js FILE...: against the schema of SARIF 2.1.0 (JSON Schema draft 04).
const path = require('path');
const load = name => require(path.resolve('node_modules', name));
const fs = require('fs');
const ajv = new (load('ajv-draft-04'))({ unicodeRegExp: false, strict: false, allErrors: true });
load('ajv-formats')(ajv);
const schema = path.resolve('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const validate = ajv.compile(JSON.parse(fs.readFileSync(schema, 'utf8')));
for (const file of process.argv.slice(2)) {
  if (!validate(JSON.parse(fs.readFileSync(file, 'utf8')))) {
    console.log(file, validate.errors.slice(0, 5));
    process.exitCode = 1;
  }
}
