// Tencent Cloud's SDK for Node of 2021, unchanged, does all signature operations with its older signatures.

"use strict";

const fs = require("node:fs");
const sdk = require("tencentcloud-sdk-nodejs-common");
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
  Remark: "1 + 1 & %20=",
};

function client(signMethod, secretKey = TENCENTCLOUD_SECRET_KEY, reqMethod = "POST") {
  const httpProfile = { protocol: "http://", endpoint: TENCENTCLOUD_ENDPOINT, reqTimeout: 10, reqMethod };
  return new sdk.AbstractClient(TENCENTCLOUD_ENDPOINT, "2021-01-11", {
    credential: { secretId: TENCENTCLOUD_SECRET_ID, secretKey },
    region: "ap-guangzhou",
    profile: { signMethod, httpProfile },
  });
}

async function main(signMethod) {
  const own = client(signMethod);
  const by = ` by ${signMethod}`;
  let id;

  async function shown(asking = own) {
    const answer = await asking.request("DescribeSmsSignList", { International: 0, SignIdSet: [id] });
    assert.equal(answer.DescribeSignListStatusSet.length, 1);
    return answer.DescribeSignListStatusSet[0];
  }

  await operation("submit" + by, async () => {
    id = (await own.request("AddSmsSign", application)).AddSignStatus.SignId;
    assert.ok(Number.isInteger(id));
  });
  await operation("look up" + by, async () => {
    for (const method of ["POST", "GET"]) {
      const item = await shown(client(signMethod, TENCENTCLOUD_SECRET_KEY, method));
      assert.deepEqual([item.SignName, item.StatusCode], ["极客科技", IN_REVIEW]);
    }
  });
  await operation("look up a rejection" + by, async () => {
    await review("tencent", id, "reject", "资质不清晰");
    const item = await shown();
    assert.deepEqual([item.StatusCode, item.ReviewReply], [REJECTED, "资质不清晰"]);
  });
  await operation("modify" + by, async () => {
    const changed = { ...application, SignId: id, SignName: "极客网络" };
    const answer = await own.request("ModifySmsSign", changed);
    assert.equal(answer.ModifySignStatus.SignId, id);
    const item = await shown();
    assert.deepEqual([item.SignName, item.StatusCode], ["极客网络", IN_REVIEW]);
  });
  await operation("look up an approval" + by, async () => {
    await review("tencent", id, "approve");
    assert.equal((await shown()).StatusCode, APPROVED);
  });
  await operation("delete" + by, async () => {
    const answer = await own.request("DeleteSmsSign", { SignId: id });
    assert.equal(answer.DeleteSignStatus.DeleteStatus, "return successfully!");
  });
  await operation("a wrong key is refused" + by, () =>
    refused("AuthFailure.SignatureFailure", () =>
      client(signMethod, "another-key").request("DescribeSmsSignList", { International: 0 }),
    ),
  );
}

// Signatures are submitted once a second.
const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1100));

main("HmacSHA1").then(aSecond).then(() => main("HmacSHA256"));
