// Tencent Cloud's own SDK for Node, unchanged, does all its signature operations at the sandbox.

"use strict";

const fs = require("node:fs");
const { sms } = require("tencentcloud-sdk-nodejs-sms");
const { assert, operation, refused, review } = require("../../shared/referee.js");

const { TENCENTCLOUD_ENDPOINT, TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY } = process.env;
const APPROVED = 0;
const IN_REVIEW = 1;
const REJECTED = -1;

const application = {
  SignName: "极客科技",
  SignType: 0,
  DocumentType: 1,
  International: 0,
  SignPurpose: 0,
  ProofImage: fs.readFileSync(process.env.REFEREE_PROOF).toString("base64"),
  QualificationId: 2000417,
};

function client(secretKey) {
  return new sms.v20210111.Client({
    credential: { secretId: TENCENTCLOUD_SECRET_ID, secretKey },
    region: "ap-guangzhou",
    profile: { httpProfile: { protocol: "http://", endpoint: TENCENTCLOUD_ENDPOINT, reqTimeout: 10 } },
  });
}

async function main() {
  const own = client(TENCENTCLOUD_SECRET_KEY);
  let id;

  async function shown() {
    const answer = await own.DescribeSmsSignList({ International: 0, SignIdSet: [id] });
    assert.equal(answer.DescribeSignListStatusSet.length, 1);
    return answer.DescribeSignListStatusSet[0];
  }

  await operation("submit", async () => {
    id = (await own.AddSmsSign(application)).AddSignStatus.SignId;
    assert.ok(Number.isInteger(id));
  });
  await operation("look up", async () => {
    const item = await shown();
    assert.deepEqual([item.SignName, item.StatusCode], ["极客科技", IN_REVIEW]);
    assert.equal(item.QualificationId, 2000417);
  });
  await operation("look up a rejection", async () => {
    await review("tencent", id, "reject", "资质不清晰");
    const item = await shown();
    assert.deepEqual([item.StatusCode, item.ReviewReply], [REJECTED, "资质不清晰"]);
  });
  await operation("modify", async () => {
    const answer = await own.ModifySmsSign({ ...application, SignId: id, SignName: "极客网络" });
    assert.equal(answer.ModifySignStatus.SignId, id);
    const item = await shown();
    assert.deepEqual([item.SignName, item.StatusCode], ["极客网络", IN_REVIEW]);
  });
  await operation("look up an approval", async () => {
    await review("tencent", id, "approve");
    assert.equal((await shown()).StatusCode, APPROVED);
  });
  await operation("delete", async () => {
    const answer = await own.DeleteSmsSign({ SignId: id });
    assert.equal(answer.DeleteSignStatus.DeleteStatus, "return successfully!");
  });
  await operation("a wrong key is refused", () =>
    refused("AuthFailure.SignatureFailure", () =>
      client("another-key").DescribeSmsSignList({ International: 0 }),
    ),
  );
}

main();
