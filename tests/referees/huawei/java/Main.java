import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.msgsms.v2.MsgsmsClient;
import com.huaweicloud.sdk.msgsms.v2.model.CreateSignatureRequest;
import com.huaweicloud.sdk.msgsms.v2.model.CreateSignatureResponse;
import com.huaweicloud.sdk.msgsms.v2.model.DeleteSignatureRequest;
import com.huaweicloud.sdk.msgsms.v2.model.EnableSignatureRequest;
import com.huaweicloud.sdk.msgsms.v2.model.ListSignatureDetailsRequest;
import com.huaweicloud.sdk.msgsms.v2.model.ListSignatureDetailsResponse;
import com.huaweicloud.sdk.msgsms.v2.model.ShowSignatureFileRequest;
import com.huaweicloud.sdk.msgsms.v2.model.ShowSignatureFileResponse;
import com.huaweicloud.sdk.msgsms.v2.model.ShowSignatureRequest;
import com.huaweicloud.sdk.msgsms.v2.model.ShowSignatureResponse;
import com.huaweicloud.sdk.msgsms.v2.model.SmsSignatureReq;
import com.huaweicloud.sdk.msgsms.v2.model.UpdateSignatureRequest;
import com.huaweicloud.sdk.msgsms.v2.model.UploadSignatureFileRequest;
import com.huaweicloud.sdk.msgsms.v2.model.UploadSignatureFileRequestBody;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Huawei Cloud's own SDK for Java, unchanged, does all its signature operations at the sandbox. */
final class Main {
    private static final String REASON = "资质不清晰";

    private static final MsgsmsClient OWN = client(Referee.setting("HUAWEICLOUD_SDK_SK"));
    private static String fileId;
    private static String id;

    public static void main(String[] arguments) {
        Referee.operation("upload a file", () -> {
            try (InputStream file =
                    Files.newInputStream(Path.of(Referee.setting("REFEREE_PROOF")))) {
                UploadSignatureFileRequestBody body =
                        new UploadSignatureFileRequestBody().withFile(file, "proof.png");
                fileId = OWN.uploadSignatureFile(
                                new UploadSignatureFileRequest()
                                        .withFileDesc("licence")
                                        .withBody(body))
                        .getFileId();
            }
            Referee.there(fileId);
        });
        Referee.operation("look up a file", () -> {
            ShowSignatureFileResponse file =
                    OWN.showSignatureFile(new ShowSignatureFileRequest().withFileId(fileId));
            Referee.same(
                    List.of(file.getFileId(), file.getFileName(), file.getFileDesc()),
                    List.of(fileId, "proof.png", "licence"));
        });
        Referee.operation("submit", () -> {
            CreateSignatureResponse created = OWN.createSignature(
                    new CreateSignatureRequest().withBody(application("极客科技")));
            id = created.getId();
            Referee.there(id);
            Referee.same(created.getSignatureName(), "极客科技");
        });
        Referee.operation("look up", () -> shows("极客科技", "PENDING_REVIEW", null));
        Referee.operation("list", () -> {
            ListSignatureDetailsResponse found = OWN.listSignatureDetails(
                    new ListSignatureDetailsRequest().withSignatureName("极客科技").withLimit(10));
            Referee.same(found.getTotal(), 1L);
            Referee.same(found.getResults().get(0).getId(), id);
        });
        Referee.operation("look up a rejection", () -> {
            Referee.reject("huawei", id, REASON);
            shows("极客科技", "REVIEW_NOT_PASS", REASON);
        });
        Referee.operation("modify", () -> {
            Referee.same(
                    OWN.updateSignature(new UpdateSignatureRequest()
                                    .withId(id)
                                    .withBody(application("极客网络")))
                            .getSignatureName(),
                    "极客网络");
            shows("极客网络", "PENDING_REVIEW", null);
        });
        Referee.operation("look up an approval", () -> {
            Referee.approve("huawei", id);
            shows("极客网络", "REVIEW_PROCESSING_COMPLETED", null);
        });
        Referee.operation("activate", () -> {
            Referee.status("huawei", id, "TO_BE_ACTIVATED");
            OWN.enableSignature(new EnableSignatureRequest().withId(id));
            shows("极客网络", "PENDING_ACTIVATE", null);
        });
        Referee.operation("delete", () -> {
            Referee.approve("huawei", id);
            OWN.deleteSignature(new DeleteSignatureRequest().withId(id));
        });
        Referee.operation("a wrong key is refused", () -> {
            try {
                client("another-key").listSignatureDetails(new ListSignatureDetailsRequest());
            } catch (ServiceResponseException refusal) {
                Referee.same(refusal.getErrorCode(), "APIGW.0301");
                return;
            }
            throw new AssertionError("not refused");
        });
        Referee.finish();
    }

    private static MsgsmsClient client(String sk) {
        return MsgsmsClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk(Referee.setting("HUAWEICLOUD_SDK_AK"))
                        .withSk(sk)
                        .withProjectId(Referee.setting("HUAWEICLOUD_SDK_PROJECT_ID")))
                .withEndpoint(Referee.setting("HUAWEICLOUD_MSGSMS_ENDPOINT"))
                .build();
    }

    private static SmsSignatureReq application(String name) {
        return new SmsSignatureReq()
                .withAppId("5b0c0000-0000-4000-8000-000000000a99")
                .withSignatureName(name)
                .withSignatureSource(0)
                .withSignatureType("NOTIFY_TYPE")
                .withIsInvolvedThird("No")
                .withQualificationId("q-417")
                .withApplyDesc("order notices")
                .withFileId(fileId);
    }

    private static void shows(String name, String status, String reviewed) {
        ShowSignatureResponse shown = OWN.showSignature(new ShowSignatureRequest().withId(id));
        Referee.same(shown.getSignatureName(), name);
        Referee.same(shown.getStatus(), status);
        Referee.same(shown.getReviewDesc(), reviewed);
    }
}
