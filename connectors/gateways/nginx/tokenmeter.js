// Copies what goes through nginx, whole, into one line of JSON a call, for ship.py.
//
// nginx gives each request a copy of these variables.

var chunks = [];

// js_body_filter: hands each piece of the answer on at once, and keeps a copy.
function answer(r, data, flags) {
  if (data.length > 0) {
    chunks.push(Buffer.from(data));
  }
  r.sendBuffer(data, flags);
}

// js_set: asked for when the line is logged, once the call is over.
function line(r) {
  var v = r.variables;
  var ended = Number(v.msec) * 1000;
  var item = {
    id: v.request_id,
    org_id: v.tokenmeter_org,
    provider: v.tokenmeter_provider,
    path: v.request_uri,
    status: r.status,
    recorded_at: new Date(ended - Number(v.request_time) * 1000).toISOString(),
    answered_at: new Date(ended).toISOString(),
    // Empty when the client hung up, or the provider did.
    truncated: v.request_completion !== 'OK',
    request_content_type: r.headersIn['Content-Type'] || '',
    request_body_base64: r.requestBuffer ? r.requestBuffer.toString('base64') : '',
    response_content_type: r.headersOut['Content-Type'] || '',
    response_body_base64: Buffer.concat(chunks).toString('base64'),
  };
  return JSON.stringify(item);
}

export default { answer, line };
