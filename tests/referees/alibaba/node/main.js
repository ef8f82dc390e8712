// Alibaba Cloud's own SDK for Node, unchanged, does all its signature operations at the sandbox.

"use strict";

const sdk = require("@alicloud/dysmsapi20170525");
const { Config } = require("@alicloud/openapi-core").$OpenApiUtil;
const { assert, operation, refused, review } = require("../../shared/referee.js");

const { ALIBABA_CLOUD_ENDPOINT, ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET } =
  process.env;
const IN_REVIEW = 0;
const APPROVED = 1;
const REJECTED = 2;

const name = "极客科技";
const application = {
  signName: name,
  signSource: 0,
  qualificationId: 1000000417,
  thirdParty: false,
  remark: "登录 & 测 *~(b)+",
  moreData: ["1/a.png", "1/b c.png"],
};

function client(accessKeySecret) {
  return new sdk.default(
    new Config({
      accessKeyId: ALIBABA_CLOUD_ACCESS_KEY_ID,
      accessKeySecret,
      endpoint: ALIBABA_CLOUD_ENDPOINT,
      protocol: "HTTP",
      regionId: "cn-hangzhou",
      readTimeout: 10000,
    }),
  );
}

async function main() {
  const own = client(ALIBABA_CLOUD_ACCESS_KEY_SECRET);
  const look = new sdk.GetSmsSignRequest({ signName: name });

  async function shown() {
    return (await own.getSmsSign(look)).body;
  }

  await operation("submit", async () => {
    const { body } = await own.createSmsSign(new sdk.CreateSmsSignRequest(application));
    assert.deepEqual([body.code, body.signName], ["OK", name]);
    assert.ok(body.orderId);
  });
  await operation("look up", async () => {
    const body = await shown();
    assert.deepEqual([body.signName, body.signStatus], [name, IN_REVIEW]);
    assert.deepEqual([body.remark, body.fileUrlList], [application.remark, application.moreData]);
  });
  await operation("list", async () => {
    const request = new sdk.QuerySmsSignListRequest({ pageIndex: 1, pageSize: 10 });
    const { body } = await own.querySmsSignList(request);
    assert.deepEqual([body.totalCount, body.smsSignList[0].signName], [1, name]);
  });
  await operation("look up a rejection", async () => {
    await review("alibaba", name, "reject", "资质不清晰");
    const body = await shown();
    assert.deepEqual([body.signStatus, body.auditInfo.rejectInfo], [REJECTED, "资质不清晰"]);
  });
  await operation("modify", async () => {
    const request = new sdk.UpdateSmsSignRequest({ ...application, remark: "mended" });
    assert.equal((await own.updateSmsSign(request)).body.code, "OK");
    const body = await shown();
    assert.deepEqual([body.signStatus, body.remark], [IN_REVIEW, "mended"]);
  });
  await operation("look up an approval", async () => {
    await review("alibaba", name, "approve");
    assert.equal((await shown()).signStatus, APPROVED);
  });
  await operation("delete", async () => {
    const { body } = await own.deleteSmsSign(new sdk.DeleteSmsSignRequest({ signName: name }));
    assert.deepEqual([body.code, body.signName], ["OK", name]);
    await refused("SignatureNotFound", shown);
  });
  await operation("a wrong key is refused", () =>
    refused("SignatureDoesNotMatch", () => client("another-key").getSmsSign(look)),
  );
}

main();
