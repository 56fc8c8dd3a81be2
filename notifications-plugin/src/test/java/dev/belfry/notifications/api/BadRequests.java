package dev.belfry.notifications.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Generates requests that are invalid in at least one way. */
final class BadRequests {

    private static final String API = Setting.BASE;
    private static final String ID = "0190b2a5-e3c1-7d21-a1d1-f3a9b6c00000";
    private static final List<String> ODD_VALUES = List.of(
            "",
            "null",
            "NaN",
            "-1",
            "1e9",
            "99999999999999999999",
            "true",
            "TRUE",
            "%00",
            "%",
            "%zz",
            "%ff%fe",
            "a%0d%0ab",
            "'%20or%201=1--",
            "../../etc/passwd",
            "%F0%9F%94%94",
            "{}",
            "[]",
            "0x10",
            "1;2",
            "%E2%80%AE");
    private static final List<String> PARAMETERS = List.of(
            "pageSize", "pageNumber", "orderBy", "orderByDirec", "createdAfter", "messageScope", "read", "muted");
    private static final List<String> WRONG_METHODS =
            List.of("DELETE", "PATCH", "TRACE", "FOO", "OPTIONS", "CONNECT", "get", "PROPFIND");

    private final Random random;
    private final List<Supplier<byte[]>> kinds;
    private String token = "";

    BadRequests(Random random) {
        this.random = random;
        this.kinds = List.of(
                this::brokenJson,
                this::wrongType,
                this::wrongValue,
                this::deep,
                this::huge,
                this::controlCharacters,
                this::badUtf8,
                this::wrongQuery,
                this::unknownParameter,
                this::wrongMethod,
                this::wrongMark,
                this::wrongMuteList,
                this::wrongPath,
                this::wrongToken,
                this::wrongHeaders,
                this::noise);
    }

    byte[] next(String bearer) {
        token = bearer;
        return pick(kinds).get();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(12) + 1; i > 0; i--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private byte[] request(String method, String target, String headers, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                (method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                + token + "\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private byte[] post(String json) {
        return post(json.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] post(byte[] body) {
        return request("POST", API, "Content-Type: application/json\r\n", body);
    }

    private byte[] brokenJson() {
        String whole = "{\"origin\":\"" + word() + "\",\"title\":\"" + word() + "\",\"targetUsers\":[\"default/bob\"]}";
        return post(whole.substring(0, 1 + random.nextInt(whole.length() - 1)));
    }

    private byte[] wrongType() {
        String wrong = pick(List.of("1", "true", "{}", "[[]]", "[1]", "[{}]", "-0.5e99", "[\"x\",1]"));
        String field = pick(List.of("origin", "title", "message", "topic", "targetUsers", "targetGroups", "actions"));
        String value = field.startsWith("target") && wrong.equals("[]") ? "1" : wrong;
        return post("{\"origin\":\"o\",\"title\":\"t\",\"" + field + "\":" + value + "}".replace("{}", "7"));
    }

    private byte[] wrongValue() {
        return post(pick(List.of(
                "{\"origin\":\"\",\"title\":\"t\"}",
                "{\"origin\":\"o\",\"title\":\"" + "x".repeat(256 + random.nextInt(500)) + "\"}",
                "{\"origin\":\"o\",\"title\":\"t\",\"targetUsers\":[\"" + word() + "\"]}",
                "{\"origin\":\"o\",\"title\":\"t\",\"targetUsers\":[\"" + word() + "/" + word() + "\"]}",
                "{\"origin\":\"o\",\"title\":\"t\",\"targetGroups\":[\"user:default/ada\"]}",
                "{\"origin\":\"o\",\"title\":\"t\",\"actions\":[{\"title\":\"t\",\"url\":\"javascript:" + word()
                        + "\"}]}",
                "{\"origin\":\"o\",\"title\":\"t\",\"actions\":[{\"url\":\"/x\"}]}",
                "null",
                "\"" + word() + "\"")));
    }

    private byte[] deep() {
        int depth = 101 + random.nextInt(5000);
        String open = pick(List.of("[", "{\"a\":"));
        return post("{\"origin\":\"o\",\"title\":\"t\",\"x\":" + open.repeat(depth));
    }

    private byte[] huge() {
        return post("{\"origin\":\"o\",\"title\":\"t\",\"message\":\"" + "x".repeat(131_073 + random.nextInt(1_200_000))
                + "\"}");
    }

    private byte[] controlCharacters() {
        String character = pick(List.of("\\u0000", "\u0000", "\u0001", "\n", "\\ud83d", "\\udd14\\ud83d"));
        return post("{\"origin\":\"o\",\"title\":\"" + word() + character + word() + "\"}");
    }

    private byte[] badUtf8() {
        byte[] body = "{\"origin\":\"o\",\"title\":\"tttttttt\"}".getBytes(StandardCharsets.UTF_8);
        body[24 + random.nextInt(6)] = (byte) (0x80 + random.nextInt(0x80));
        return post(body);
    }

    private byte[] wrongQuery() {
        String path = pick(List.of(API, API + "/count"));
        String parameter = pick(PARAMETERS);
        String value = pick(ODD_VALUES);
        boolean allowed = List.of("read", "muted").contains(parameter) && value.equals("true");
        return request("GET", path + "?" + parameter + "=" + (allowed ? "yes" : value), "", new byte[0]);
    }

    private byte[] unknownParameter() {
        String path = pick(List.of(API, API + "/count"));
        String query =
                pick(List.of("user=default/bob", word() + "x=" + pick(ODD_VALUES), "read=true&read=false", "%ff=1"));
        return request("GET", path + "?" + query, "", new byte[0]);
    }

    private byte[] wrongMethod() {
        return request(pick(WRONG_METHODS), pick(List.of(API, API + "/count", API + "/read")), "", new byte[0]);
    }

    private byte[] wrongMark() {
        String query = pick(List.of(
                "messageId=" + ID + "&read=true",
                "messageId=" + pick(ODD_VALUES) + "&read=true",
                "messageId=" + ID + "&read=" + pick(List.of("", "1", "TRUE", "%00")),
                "messageId=" + ID,
                "read=true",
                ""));
        return request("PUT", API + "/read?" + query, "", word().getBytes(StandardCharsets.UTF_8));
    }

    private byte[] wrongMuteList() {
        String body = pick(List.of(
                "{\"topics\":[null]}",
                "{\"topics\":" + word() + "}",
                "{\"topics\":[\"" + "x".repeat(256 + random.nextInt(500)) + "\"]}",
                "{\"origins\":[[\"" + word() + "\"]]}",
                "{\"origins\":[\"\\ud83d\"]}",
                "\"" + word() + "\""));
        return request(
                "PUT",
                "/api/notifications/muted",
                "Content-Type: application/json\r\n",
                body.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] wrongPath() {
        return request(
                pick(List.of("GET", "POST", "PUT")),
                pick(List.of(
                        "/api/notifications/" + word() + "x",
                        "/api/" + word() + "x/notifications",
                        "/api/notifications/%2e%2e/host/plugins",
                        "/api/notifications//notifications/" + word(),
                        "/api/notifications/notifications;" + word() + "/count/x",
                        "/api/notifications/notifications%00",
                        "/api/notifications/notifications/%ff",
                        "/%")),
                "",
                new byte[0]);
    }

    private byte[] wrongToken() {
        token = pick(List.of(
                "x", "a.b.c", token + "x", token.substring(10), "eyJhbGciOiJub25lIn0.e30.", word().repeat(1500)));
        return request(
                "POST",
                API,
                "Content-Type: application/json\r\n",
                "{\"origin\":\"o\",\"title\":\"t\"}".getBytes(StandardCharsets.UTF_8));
    }

    private byte[] wrongHeaders() {
        String headers = pick(List.of(
                "Content-Type: text/plain\r\n",
                "Content-Type: application/json; charset=utf-16\r\n",
                "Content-Type: application/json; charset=" + word() + "\r\n",
                "Content-Type: \r\n",
                "Content-Encoding: gzip\r\nContent-Type: multipart/form-data\r\n",
                "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"));
        return request("POST", API, headers, "{\"origin\":\"o\",\"title\":\"t\"}".getBytes(StandardCharsets.UTF_8));
    }

    private byte[] noise() {
        byte[] bytes = new byte[1 + random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }
}
