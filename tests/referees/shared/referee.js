// What every Node referee does: tell how each operation went, and play the reviewer.

"use strict";

const assert = require("node:assert/strict");

const desk = process.env.REFEREE_URL + "/_desk";

/** Do one operation and print how it went. */
async function operation(name, act) {
  try {
    await act();
    console.log(`ok ${name}`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`FAIL ${name}: ${String(error.message || error).replace(/\s+/g, " ")}`);
  }
}

/** Play the reviewer: `verdict` is approve or reject. */
async function review(vendor, id, verdict, reason) {
  const answer = await fetch(`${desk}/signatures/${vendor}/${encodeURIComponent(id)}/${verdict}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(reason ? { reason } : {}),
  });
  assert.equal(answer.status, 200, `the desk says ${answer.status}`);
}

/** Make a call that has to be refused, and compare the code of its error. */
async function refused(code, call) {
  let answer;
  try {
    answer = await call();
  } catch (error) {
    assert.equal(error.code, code, `${error.code}: ${error.message}`);
    return;
  }
  assert.fail(`not refused: ${JSON.stringify(answer)}`);
}

module.exports = { assert, operation, refused, review };
