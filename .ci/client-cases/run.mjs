// node run.mjs <url> <token>: every use with every client and every provider, one line each.
import anthropic from './anthropic.mjs';
import { providers } from './expect.mjs';
import google from './google.mjs';
import ollama from './ollama.mjs';
import openai from './openai.mjs';

const [url, token] = process.argv.slice(2);
const clients = { openai, anthropic, google, ollama };
let failures = 0;

for (const [name, client] of Object.entries(clients)) {
  const uses = client(url, token);
  for (const provider of providers) {
    for (const [use, run] of Object.entries(uses)) {
      const outcome = await run(provider).then(
        (why) => (why ? `-  ${why}` : 'ok'),
        (error) => {
          failures++;
          return `FAILED  ${String(error.message ?? error).replace(/\s+/g, ' ').slice(0, 300)}`;
        },
      );
      console.log(`${name.padEnd(10)} to ${provider.padEnd(10)} ${use.padEnd(20)} ${outcome}`);
    }
  }
}
if (failures) console.log(`${failures} failed`);
process.exit(failures ? 1 : 0);
