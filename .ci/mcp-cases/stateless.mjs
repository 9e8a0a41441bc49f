// The TypeScript SDK's second client: it finds out by itself that the server speaks 2026-07-28.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

export const revision = '2026-07-28';

export async function connect(url, token, { open, fetch: through } = {}) {
  const client = new Client(
    { name: 'mcp-cases', version: '1.0.0' },
    { capabilities: open ? { elicitation: { url: {} } } : {}, versionNegotiation: { mode: 'auto' } },
  );
  if (open) client.setRequestHandler('elicitation/create', (request) => open(request.params));
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers: { Authorization: `Bearer ${token}` } },
      fetch: through,
    }),
  );
  return {
    client,
    revision: () => client.getNegotiatedProtocolVersion(),
    call: (name, args, options) => client.callTool({ name, arguments: args }, options),
    read: (uri) => client.readResource({ uri }, { cacheMode: 'refresh' }),
    async watch(uri, heard) {
      client.setNotificationHandler('notifications/resources/updated', (update) => heard(update.params.uri));
      const subscription = await client.listen({ resourceSubscriptions: [uri] });
      return () => subscription.close();
    },
    close: () => client.close(),
  };
}
