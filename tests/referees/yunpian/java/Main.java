import com.yunpian.sdk.YunpianClient;
import com.yunpian.sdk.model.Result;
import com.yunpian.sdk.model.Sign;
import com.yunpian.sdk.model.SignRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Yunpian's own SDK for Java, unchanged, does all its signature operations at the sandbox.
 *
 * <p>There is none that deletes.
 */
final class Main {
    private static final String REASON = "营业执照不清晰";

    private static final YunpianClient OWN = client(Referee.setting("YUNPIAN_APIKEY"));

    public static void main(String[] arguments) throws Exception {
        byte[] content = Files.readAllBytes(Path.of(Referee.setting("REFEREE_PROOF")));
        Map<String, String> application = new HashMap<>(Map.of(
                "sign", "极客科技",
                "notify", "false",
                "industry_type", "IT/通信/电子服务",
                "sign_use", "0",
                "website", "https://geek.example/?a=1&b=2",
                "prove_type", "1",
                "license_base64",
                "data:image/jpg;base64," + Base64.getEncoder().encodeToString(content)));

        Referee.operation("submit", () -> {
            Sign added = data(OWN.sign().add(new HashMap<>(application)));
            Referee.same(
                    List.of(added.getApply_state(), added.getSign()),
                    List.of("CHECKING", "【极客科技】"));
        });
        Referee.operation("look up", () -> shows("【极客科技】", "CHECKING", false, ""));
        Referee.operation("look up a rejection", () -> {
            Referee.reject("yunpian", "极客科技", REASON);
            shows("【极客科技】", "FAIL", false, REASON);
        });
        Referee.operation("modify", () -> {
            Map<String, String> change = new HashMap<>(application);
            change.put("old_sign", "【极客科技】");
            change.put("sign", "极客网络");
            Sign updated = data(OWN.sign().update(change));
            Referee.same(
                    List.of(updated.getApply_state(), updated.getSign()),
                    List.of("CHECKING", "【极客网络】"));
            shows("【极客网络】", "CHECKING", false, "");
        });
        Referee.operation("look up an approval", () -> {
            Referee.approve("yunpian", "极客网络");
            shows("【极客网络】", "SUCCESS", true, "");
        });
        Referee.operation("a wrong key is refused", () -> {
            Result<SignRecord> refusal = client("nobody").sign().get(new HashMap<>());
            Referee.same(refusal.getCode(), -1);
            Referee.there(refusal.getDetail());
        });
        Referee.finish();
    }

    private static YunpianClient client(String apikey) {
        Properties settings = new Properties();
        settings.setProperty("yp.sign.host", Referee.setting("YUNPIAN_BASE_URL"));
        return new YunpianClient(apikey, settings).init();
    }

    private static <T> T data(Result<T> result) {
        if (!result.isSucc()) {
            throw new AssertionError(
                    result.getCode() + " " + result.getDetail() + " " + result.getThrowable());
        }
        return result.getData();
    }

    private static void shows(String sign, String status, boolean enabled, String remark) {
        SignRecord found = data(OWN.sign().get(new HashMap<>(Map.of("sign", sign))));
        Referee.same(found.getSign().size(), 1);
        Sign shown = found.getSign().get(0);
        Referee.same(
                List.of(shown.getSign(), shown.getCheck_status(), shown.isEnabled()),
                List.of(sign, status, enabled));
        Referee.same(shown.getRemark(), remark);
    }
}
