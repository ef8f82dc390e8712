import com.aliyun.dysmsapi20170525.Client;
import com.aliyun.dysmsapi20170525.models.CreateSmsSignRequest;
import com.aliyun.dysmsapi20170525.models.CreateSmsSignResponseBody;
import com.aliyun.dysmsapi20170525.models.DeleteSmsSignRequest;
import com.aliyun.dysmsapi20170525.models.GetSmsSignRequest;
import com.aliyun.dysmsapi20170525.models.GetSmsSignResponseBody;
import com.aliyun.dysmsapi20170525.models.QuerySmsSignListRequest;
import com.aliyun.dysmsapi20170525.models.QuerySmsSignListResponseBody;
import com.aliyun.dysmsapi20170525.models.UpdateSmsSignRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import java.util.List;

/** Alibaba Cloud's own SDK for Java, unchanged, does all its signature operations at the sandbox. */
final class Main {
    private static final long IN_REVIEW = 0;
    private static final long APPROVED = 1;
    private static final long REJECTED = 2;
    private static final long QUALIFICATION = 1_000_000_417;
    private static final String NAME = "极客科技";
    private static final String REMARK = "登录 & 测 *~(b)+";
    private static final String REASON = "资质不清晰";
    private static final List<String> FILES = List.of("1/a.png", "1/b c.png");

    public static void main(String[] arguments) throws Exception {
        Client own = client(Referee.setting("ALIBABA_CLOUD_ACCESS_KEY_SECRET"));
        GetSmsSignRequest look = new GetSmsSignRequest().setSignName(NAME);

        Referee.operation("submit", () -> {
            CreateSmsSignResponseBody created = own.createSmsSign(new CreateSmsSignRequest()
                            .setSignName(NAME)
                            .setSignSource(0)
                            .setQualificationId(QUALIFICATION)
                            .setThirdParty(false)
                            .setRemark(REMARK)
                            .setMoreData(FILES))
                    .getBody();
            Referee.same(created.getCode(), "OK");
            Referee.same(created.getSignName(), NAME);
            Referee.there(created.getOrderId());
        });
        Referee.operation("look up", () -> {
            GetSmsSignResponseBody shown = own.getSmsSign(look).getBody();
            Referee.same(shown.getSignStatus(), IN_REVIEW);
            Referee.same(shown.getRemark(), REMARK);
            Referee.same(shown.getFileUrlList(), FILES);
        });
        Referee.operation("list", () -> {
            QuerySmsSignListResponseBody found = own.querySmsSignList(
                            new QuerySmsSignListRequest().setPageIndex(1).setPageSize(10))
                    .getBody();
            Referee.same(found.getTotalCount(), 1L);
            Referee.same(found.getSmsSignList().get(0).getSignName(), NAME);
        });
        Referee.operation("look up a rejection", () -> {
            Referee.reject("alibaba", NAME, REASON);
            GetSmsSignResponseBody shown = own.getSmsSign(look).getBody();
            Referee.same(shown.getSignStatus(), REJECTED);
            Referee.same(shown.getAuditInfo().getRejectInfo(), REASON);
        });
        Referee.operation("modify", () -> {
            Referee.same(
                    own.updateSmsSign(new UpdateSmsSignRequest()
                                    .setSignName(NAME)
                                    .setSignSource(0)
                                    .setQualificationId(QUALIFICATION)
                                    .setRemark("mended"))
                            .getBody()
                            .getCode(),
                    "OK");
            GetSmsSignResponseBody shown = own.getSmsSign(look).getBody();
            Referee.same(shown.getSignStatus(), IN_REVIEW);
            Referee.same(shown.getRemark(), "mended");
        });
        Referee.operation("look up an approval", () -> {
            Referee.approve("alibaba", NAME);
            Referee.same(own.getSmsSign(look).getBody().getSignStatus(), APPROVED);
        });
        Referee.operation("delete", () -> {
            Referee.same(
                    own.deleteSmsSign(new DeleteSmsSignRequest().setSignName(NAME))
                            .getBody()
                            .getSignName(),
                    NAME);
            refused("SignatureNotFound", () -> own.getSmsSign(look));
        });
        Referee.operation("a wrong key is refused", () -> {
            Client wrong = client("another-key");
            refused("SignatureDoesNotMatch", () -> wrong.getSmsSign(look));
        });
        Referee.finish();
    }

    private static Client client(String secret) throws Exception {
        return new Client(new Config()
                .setAccessKeyId(Referee.setting("ALIBABA_CLOUD_ACCESS_KEY_ID"))
                .setAccessKeySecret(secret)
                .setEndpoint(Referee.setting("ALIBABA_CLOUD_ENDPOINT"))
                .setProtocol("HTTP")
                .setRegionId("cn-hangzhou")
                .setReadTimeout(10_000));
    }

    private static void refused(String code, Referee.Act call) throws Exception {
        try {
            call.act();
        } catch (TeaException refusal) {
            Referee.same(refusal.getCode(), code);
            return;
        }
        throw new AssertionError("not refused");
    }
}
