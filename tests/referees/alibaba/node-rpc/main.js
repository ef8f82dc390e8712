// Alibaba Cloud's core for Node of the years before ACS3, unchanged, does all signature operations at the sandbox.

"use strict";

const Core = require("@alicloud/pop-core");
const { assert, operation, refused, review } = require("../../shared/referee.js");

const { ALIBABA_CLOUD_ENDPOINT, ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET } =
  process.env;
const IN_REVIEW = 0;
const APPROVED = 1;
const REJECTED = 2;

const name = "极客科技";
const application = {
  SignName: name,
  SignSource: 0,
  QualificationId: 1000000417,
  ThirdParty: false,
  Remark: "登录 & 测 *~(b)+!'",
};

function client(accessKeySecret) {
  return new Core({
    accessKeyId: ALIBABA_CLOUD_ACCESS_KEY_ID,
    accessKeySecret,
    endpoint: `http://${ALIBABA_CLOUD_ENDPOINT}`,
    apiVersion: "2017-05-25",
  });
}

async function main() {
  const own = client(ALIBABA_CLOUD_ACCESS_KEY_SECRET);
  const form = { method: "POST" };
  const look = { SignName: name };

  await operation("submit", async () => {
    const body = await own.request("CreateSmsSign", application, form);
    assert.equal(body.SignName, name);
    assert.ok(body.OrderId);
  });
  await operation("look up", async () => {
    const body = await own.request("GetSmsSign", look);
    assert.deepEqual([body.SignName, body.SignStatus], [name, IN_REVIEW]);
    assert.equal(body.Remark, application.Remark);
  });
  await operation("list", async () => {
    const body = await own.request("QuerySmsSignList", { PageIndex: 1, PageSize: 10 }, form);
    assert.deepEqual([body.TotalCount, body.SmsSignList[0].SignName], [1, name]);
  });
  await operation("look up a rejection", async () => {
    await review("alibaba", name, "reject", "资质不清晰");
    const body = await own.request("GetSmsSign", look);
    assert.deepEqual([body.SignStatus, body.AuditInfo.RejectInfo], [REJECTED, "资质不清晰"]);
  });
  await operation("modify", async () => {
    await own.request("UpdateSmsSign", { ...application, Remark: "mended" }, form);
    const body = await own.request("GetSmsSign", look, form);
    assert.deepEqual([body.SignStatus, body.Remark], [IN_REVIEW, "mended"]);
  });
  await operation("look up an approval", async () => {
    await review("alibaba", name, "approve");
    assert.equal((await own.request("GetSmsSign", look)).SignStatus, APPROVED);
  });
  await operation("delete", async () => {
    await own.request("DeleteSmsSign", look);
    await refused("SignatureNotFound", () => own.request("GetSmsSign", look));
  });
  await operation("a wrong key is refused", () =>
    refused("SignatureDoesNotMatch", () => client("another-key").request("GetSmsSign", look)),
  );
}

// Its agent keeps the connection, and so the program.
main().then(() => process.exit());
