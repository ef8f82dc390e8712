import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What every Java referee does: tell how each operation went, and play the reviewer. */
final class Referee {
    /** An operation, which may fail in any way. */
    interface Act {
        void act() throws Exception;
    }

    private static boolean failed = false;

    private Referee() {}

    /** What the environment says. */
    static String setting(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }

    /** Does one operation and prints how it went. */
    static void operation(String name, Act act) {
        String line = "ok " + name;
        try {
            act.act();
        } catch (Exception | AssertionError error) {
            failed = true;
            line = "FAIL " + name + ": " + error.toString().replaceAll("\\s+", " ");
        }
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(line);
    }

    /** Ends the program, with what threads an SDK leaves; it succeeds if every operation did. */
    static void finish() {
        System.exit(failed ? 1 : 0);
    }

    static void same(Object is, Object should) {
        if (!Objects.equals(is, should)) {
            throw new AssertionError(is + ", and should be " + should);
        }
    }

    static void there(Object value) {
        if (value == null || value.toString().isEmpty()) {
            throw new AssertionError("nothing there");
        }
    }

    static void approve(String vendor, Object id) throws Exception {
        review(vendor, id, "approve", "{}");
    }

    static void reject(String vendor, Object id, String reason) throws Exception {
        review(vendor, id, "reject", "{\"reason\": \"" + reason + "\"}");
    }

    static void status(String vendor, Object id, String status) throws Exception {
        review(vendor, id, "status", "{\"vendor_status\": \"" + status + "\"}");
    }

    private static void review(String vendor, Object id, String verdict, String body)
            throws Exception {
        String which = URLEncoder.encode(id.toString(), StandardCharsets.UTF_8);
        String address = setting("REFEREE_URL") + "/_desk/signatures/" + vendor + "/" + which;
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/" + verdict))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        same(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode(), 200);
    }
}
