// A network whose connections break: the next event stream ends after its first bytes.
export function network() {
  let armed = () => false;
  const resumed = [];

  function broken(body) {
    const reader = body.getReader();
    let given = false;
    return new ReadableStream({
      async pull(controller) {
        if (!given) {
          given = true;
          controller.enqueue((await reader.read()).value);
          return;
        }
        await reader.cancel();
        controller.error(new Error('the connection broke'));
      },
    });
  }

  async function through(url, init) {
    const last = new Headers(init?.headers).get('last-event-id');
    if (last) resumed.push(last);
    const response = await fetch(url, init);
    const streams = response.headers.get('content-type')?.startsWith('text/event-stream');
    if (!streams || !armed(init)) return response;
    armed = () => false;
    const { status, headers } = response;
    return new Response(broken(response.body), { status, headers });
  }

  return {
    fetch: through,
    resumed,
    breakNext(method) {
      armed = (init) => (init?.method ?? 'GET') === method;
    },
  };
}
