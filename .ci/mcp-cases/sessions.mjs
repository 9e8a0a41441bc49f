// The TypeScript SDK's first client: the session revisions.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  ElicitationCompleteNotificationSchema,
  ElicitRequestSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';

export const revision = '2025-11-25';

export async function connect(url, token, { open, fetch: through } = {}) {
  const client = new Client(
    { name: 'mcp-cases', version: '1.0.0' },
    { capabilities: open ? { elicitation: { url: {} } } : {} },
  );
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { Authorization: `Bearer ${token}` } },
    fetch: through,
  });
  if (open) client.setRequestHandler(ElicitRequestSchema, (request) => open(request.params));
  const completed = [];
  client.setNotificationHandler(ElicitationCompleteNotificationSchema, (heard) => {
    completed.push(heard.params.elicitationId);
  });
  await client.connect(transport);
  return {
    client,
    completed,
    revision: () => transport.protocolVersion,
    call: (name, args, options) => client.callTool({ name, arguments: args }, undefined, options),
    read: (uri) => client.readResource({ uri }),
    async watch(uri, heard) {
      client.setNotificationHandler(ResourceUpdatedNotificationSchema, (update) => heard(update.params.uri));
      await client.subscribeResource({ uri });
      return () => client.unsubscribeResource({ uri });
    },
    async close() {
      await transport.terminateSession();
      await client.close();
    },
  };
}
