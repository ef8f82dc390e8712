import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.sms.v20210111.SmsClient;
import com.tencentcloudapi.sms.v20210111.models.AddSmsSignRequest;
import com.tencentcloudapi.sms.v20210111.models.DeleteSmsSignRequest;
import com.tencentcloudapi.sms.v20210111.models.DescribeSignListStatus;
import com.tencentcloudapi.sms.v20210111.models.DescribeSmsSignListRequest;
import com.tencentcloudapi.sms.v20210111.models.ModifySmsSignRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Tencent Cloud's own SDK for Java, unchanged, does all its signature operations at the sandbox. */
final class Main {
    private static final long APPROVED = 0;
    private static final long IN_REVIEW = 1;
    private static final long REJECTED = -1;
    private static final String REASON = "资质不清晰";

    private static final SmsClient OWN = client(Referee.setting("TENCENTCLOUD_SECRET_KEY"));
    private static Long id;

    public static void main(String[] arguments) throws Exception {
        byte[] content = Files.readAllBytes(Path.of(Referee.setting("REFEREE_PROOF")));
        String proof = Base64.getEncoder().encodeToString(content);

        Referee.operation("submit", () -> {
            AddSmsSignRequest request = new AddSmsSignRequest();
            request.setSignName("极客科技");
            request.setSignType(0L);
            request.setDocumentType(1L);
            request.setInternational(0L);
            request.setSignPurpose(0L);
            request.setProofImage(proof);
            request.setQualificationId(2000417L);
            id = OWN.AddSmsSign(request).getAddSignStatus().getSignId();
            Referee.there(id);
        });
        Referee.operation("look up", () -> shows("极客科技", IN_REVIEW, ""));
        Referee.operation("look up a rejection", () -> {
            Referee.reject("tencent", id, REASON);
            shows("极客科技", REJECTED, REASON);
        });
        Referee.operation("modify", () -> {
            ModifySmsSignRequest request = new ModifySmsSignRequest();
            request.setSignId(id);
            request.setSignName("极客网络");
            request.setSignType(0L);
            request.setDocumentType(1L);
            request.setInternational(0L);
            request.setSignPurpose(0L);
            request.setProofImage(proof);
            request.setQualificationId(2000417L);
            Referee.same(OWN.ModifySmsSign(request).getModifySignStatus().getSignId(), id);
            shows("极客网络", IN_REVIEW, "");
        });
        Referee.operation("look up an approval", () -> {
            Referee.approve("tencent", id);
            shows("极客网络", APPROVED, "");
        });
        Referee.operation("delete", () -> {
            DeleteSmsSignRequest request = new DeleteSmsSignRequest();
            request.setSignId(id);
            Referee.same(
                    OWN.DeleteSmsSign(request).getDeleteSignStatus().getDeleteStatus(),
                    "return successfully!");
        });
        Referee.operation("a wrong key is refused", () -> {
            DescribeSmsSignListRequest request = new DescribeSmsSignListRequest();
            request.setInternational(0L);
            try {
                client("another-key").DescribeSmsSignList(request);
            } catch (TencentCloudSDKException refusal) {
                Referee.same(refusal.getErrorCode(), "AuthFailure.SignatureFailure");
                return;
            }
            throw new AssertionError("not refused");
        });
        Referee.finish();
    }

    private static SmsClient client(String secretKey) {
        HttpProfile http = new HttpProfile();
        http.setProtocol(HttpProfile.REQ_HTTP);
        http.setEndpoint(Referee.setting("TENCENTCLOUD_ENDPOINT"));
        http.setReadTimeout(10);
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        Credential credential =
                new Credential(Referee.setting("TENCENTCLOUD_SECRET_ID"), secretKey);
        return new SmsClient(credential, "ap-guangzhou", profile);
    }

    private static void shows(String name, long status, String reply) throws Exception {
        DescribeSmsSignListRequest request = new DescribeSmsSignListRequest();
        request.setInternational(0L);
        request.setSignIdSet(new Long[] {id});
        DescribeSignListStatus[] items =
                OWN.DescribeSmsSignList(request).getDescribeSignListStatusSet();
        Referee.same(items.length, 1);
        Referee.same(items[0].getSignName(), name);
        Referee.same(items[0].getStatusCode(), status);
        Referee.same(items[0].getReviewReply(), reply);
    }
}
