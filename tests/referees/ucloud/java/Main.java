import cn.ucloud.common.pojo.Account;
import cn.ucloud.common.pojo.BaseResponseResult;
import cn.ucloud.usms.client.DefaultUSMSClient;
import cn.ucloud.usms.client.USMSClient;
import cn.ucloud.usms.model.CreateUSMSSignatureParam;
import cn.ucloud.usms.model.CreateUSMSSignatureResult;
import cn.ucloud.usms.model.DeleteUSMSSignatureParam;
import cn.ucloud.usms.model.OutSignature;
import cn.ucloud.usms.model.QueryUSMSSignatureParam;
import cn.ucloud.usms.model.QueryUSMSSignatureResult;
import cn.ucloud.usms.model.UpdateUSMSSignatureParam;
import cn.ucloud.usms.pojo.USMSConfig;
import java.util.List;

/** UCloud's own SDK for Java, unchanged, does all its signature operations at the sandbox. */
final class Main {
    private static final int WAITING = 0;
    private static final int APPROVED = 2;
    private static final int REJECTED = 3;
    private static final int SIGNATURE_WRONG = 171;
    private static final String REASON = "资质不清晰";

    private static final USMSClient OWN = client(Referee.setting("UCLOUD_PRIVATE_KEY"));
    private static String id;

    public static void main(String[] arguments) {
        String proof = Referee.setting("REFEREE_PROOF");

        Referee.operation("submit", () -> {
            CreateUSMSSignatureParam request =
                    new CreateUSMSSignatureParam("极客科技", 0, 0, 0, "login codes & more", proof);
            request.setProjectId(Referee.setting("UCLOUD_PROJECT_ID"));
            CreateUSMSSignatureResult created = OWN.createUSMSSignature(request);
            succeeded(created);
            id = created.getSigId();
            Referee.there(id);
        });
        Referee.operation("look up", () -> shows("极客科技", WAITING, ""));
        Referee.operation("look up a rejection", () -> {
            Referee.reject("ucloud", id, REASON);
            shows("极客科技", REJECTED, REASON);
        });
        Referee.operation("modify", () -> {
            UpdateUSMSSignatureParam request =
                    new UpdateUSMSSignatureParam(id, "极客网络", 0, 0, proof);
            request.setCertificateType(0);
            request.setProjectId(Referee.setting("UCLOUD_PROJECT_ID"));
            succeeded(OWN.updateUSMSSignature(request));
            shows("极客网络", WAITING, "");
        });
        Referee.operation("look up an approval", () -> {
            Referee.approve("ucloud", id);
            shows("极客网络", APPROVED, "");
        });
        Referee.operation("delete", () -> {
            DeleteUSMSSignatureParam request = new DeleteUSMSSignatureParam(List.of(id));
            request.setProjectId(Referee.setting("UCLOUD_PROJECT_ID"));
            succeeded(OWN.deleteUSMSSignature(request));
        });
        Referee.operation("a wrong key is refused", () -> Referee.same(
                client("another-key").queryUSMSSignature(query()).getRetCode(), SIGNATURE_WRONG));
        Referee.finish();
    }

    private static USMSClient client(String privateKey) {
        USMSConfig config =
                new USMSConfig(new Account(privateKey, Referee.setting("UCLOUD_PUBLIC_KEY")));
        config.setApiServerAddr(Referee.setting("UCLOUD_BASE_URL"));
        return new DefaultUSMSClient(config);
    }

    private static QueryUSMSSignatureParam query() {
        QueryUSMSSignatureParam request = new QueryUSMSSignatureParam();
        request.setProjectId(Referee.setting("UCLOUD_PROJECT_ID"));
        request.setSigId(id);
        return request;
    }

    private static void succeeded(BaseResponseResult result) {
        Referee.same(result.getRetCode() + " " + result.getMessage(), "0 ");
    }

    private static void shows(String content, int status, String reason) throws Exception {
        QueryUSMSSignatureResult result = OWN.queryUSMSSignature(query());
        succeeded(result);
        OutSignature shown = result.getSignature();
        Referee.same(shown.getSigId(), id);
        Referee.same(shown.getSigContent(), content);
        Referee.same(shown.getStatus(), status);
        Referee.same(shown.getErrDesc(), reason);
    }
}
