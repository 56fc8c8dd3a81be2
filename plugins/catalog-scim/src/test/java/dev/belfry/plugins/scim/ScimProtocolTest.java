package dev.belfry.plugins.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belfry.testkit.TestHost;
import dev.belfry.testkit.WithHost;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The protocol of RFC 7644 with its own examples, and with the requests that Entra and Okta document. */
@WithHost(CatalogScimPlugin.class)
class ScimProtocolTest {

    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";

    private ScimClient idp;

    @BeforeEach
    void connect(TestHost host) {
        idp = new ScimClient(host);
    }

    private void assertError(HttpResponse<String> response, int status, String type, String detail) {
        JsonNode error = ScimClient.json(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/scim+json");
        assertThat(error.get("schemas").get(0).textValue()).isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
        assertThat(error.get("status").asText()).isEqualTo(String.valueOf(status));
        assertThat(error.path("scimType").asText()).isEqualTo(type);
        assertThat(error.get("detail").textValue()).contains(detail);
    }

    /** Section 3.3. */
    @Test
    void aUserIsCreated() {
        HttpResponse<String> response = idp.send("POST", "/Users", """
                {
                  "schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],
                  "userName":"bjensen",
                  "externalId":"bjensen",
                  "name":{
                    "formatted":"Ms. Barbara J Jensen III",
                    "familyName":"Jensen",
                    "givenName":"Barbara"
                  }
                }""");
        JsonNode user = ScimClient.json(response);
        String location = response.headers().firstValue("Location").orElseThrow();

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("ETag")).contains("W/\"1\"");
        assertThat(location)
                .startsWith("http://")
                .endsWith("/api/catalog-scim/v2/Users/" + user.get("id").textValue());
        assertThat(user.get("meta").get("location").textValue()).isEqualTo(location);
        assertThat(user.get("meta").get("resourceType").textValue()).isEqualTo("User");
        assertThat(user.get("meta").get("version").textValue()).isEqualTo("W/\"1\"");
        assertThat(user.get("name").get("familyName").textValue()).isEqualTo("Jensen");
        assertThat(idp.ok("GET", "/Users/" + user.get("id").textValue(), "")).isEqualTo(user);
    }

    /** Section 3.5.1; the password of the example is not kept. */
    @Test
    void aUserIsReplaced() {
        String id = idp.createUser("replaced");
        JsonNode user = idp.ok("PUT", "/Users/" + id, """
                {
                  "schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],
                  "id":"2819c223-7f76-453a-919d-413861904646",
                  "userName":"replaced",
                  "externalId":"bjensen",
                  "password":"t1meMa$heen",
                  "roles":[],
                  "emails":[
                    {"value":"bjensen@example.com"},
                    {"value":"babs@jensen.org"}
                  ]
                }""");

        assertThat(user.get("id").textValue()).isEqualTo(id);
        assertThat(user.get("emails")).hasSize(2);
        assertThat(user.has("password")).isFalse();
        assertThat(user.get("meta").get("version").textValue()).isEqualTo("W/\"2\"");
    }

    /** Section 3.5.2.1. */
    @Test
    void aMemberIsAdded() {
        String babs = idp.createUser("added");
        String group = idp.createGroup("Added to");
        String add = """
                [{"op":"add", "path":"members", "value":[{
                   "display": "Babs Jensen",
                   "$ref": "https://example.com/v2/Users/%s",
                   "value": "%s"
                }]}]""".formatted(babs, babs);

        assertThat(idp.patch("/Groups/" + group, add).get("members")).hasSize(1);
        assertThat(idp.patch("/Groups/" + group, add).get("members")).hasSize(1);
    }

    @Test
    void aValueThatIsAddedMayStandAlone() {
        String one = idp.createUser("alone-1");
        String two = idp.createUser("alone-2");
        String group = idp.createGroup("Alone");

        assertThat(idp.patch(
                                "/Groups/" + group,
                                "[{\"op\":\"add\", \"path\":\"members\", \"value\":{\"value\":\"" + one + "\"}}]")
                        .get("members"))
                .hasSize(1);
        assertThat(idp.patch(
                                "/Groups/" + group,
                                "[{\"op\":\"add\", \"value\":{\"members\":{\"value\":\"" + two + "\"}}}]")
                        .get("members"))
                .hasSize(2);
    }

    /** Section 3.5.2.1, without a path. */
    @Test
    void attributesAreAdded() {
        JsonNode user = idp.patch("/Users/" + idp.createUser("attributes"), """
                [{"op":"add", "value":{
                   "emails":[{"value":"babs@jensen.org", "type":"home"}],
                   "nickname":"Babs"
                }}]""");

        assertThat(user.get("nickname").textValue()).isEqualTo("Babs");
        assertThat(user.get("emails").get(0).get("value").textValue()).isEqualTo("babs@jensen.org");
    }

    /** Section 3.5.2.2. */
    @Test
    void membersAreRemoved() {
        String one = idp.createUser("member-1");
        String two = idp.createUser("member-2");
        String group = idp.createGroup("Removed from", one, two);

        JsonNode left = idp.patch(
                "/Groups/" + group, "[{\"op\":\"remove\", \"path\":\"members[value eq \\\"" + one + "\\\"]\"}]");
        assertThat(left.get("members")).hasSize(1);
        assertThat(idp.patch("/Groups/" + group, "[{\"op\":\"remove\",\"path\":\"members\"}]")
                        .has("members"))
                .isFalse();
    }

    /** Section 3.5.2.3. */
    @Test
    void membersAreReplaced() {
        String one = idp.createUser("old-member");
        String two = idp.createUser("new-member");
        String group = idp.createGroup("Replaced members", one);
        JsonNode replaced = idp.patch("/Groups/" + group, """
                [{"op":"replace", "path":"members", "value":[{"display":"James Smith", "value":"%s"}]}]""".formatted(two));

        assertThat(replaced.get("members")).hasSize(1);
        assertThat(replaced.get("members").get(0).get("value").textValue()).isEqualTo(two);
    }

    @Test
    void entraRemovesMembersWithAValue() {
        String one = idp.createUser("entra-member");
        String group = idp.createGroup("Entra group", one);

        assertThat(idp.patch("/Groups/" + group, """
                [{"op":"Remove", "path":"members", "value":[{"value":"%s"}]}]""".formatted(one)).has("members"))
                .isFalse();
    }

    @Test
    void entraReplacesValuesThatDoNotExistYet() {
        JsonNode user = idp.patch("/Users/" + idp.createUser("entra@example.com"), """
                [{"op":"Replace", "path":"emails[type eq \\"work\\"].value", "value":"ada@example.com"},
                 {"op":"Replace", "path":"name.familyName", "value":"Lovelace"},
                 {"op":"Add", "path":"urn:ietf:params:scim:schemas:core:2.0:User:title", "value":"Countess"},
                 {"op":"Replace", "value":{"name.givenName":"Ada", "displayName":"Ada Lovelace"}}]""");

        assertThat(user.get("emails").get(0).get("value").textValue()).isEqualTo("ada@example.com");
        assertThat(user.get("emails").get(0).get("type").textValue()).isEqualTo("work");
        assertThat(user.get("name").get("familyName").textValue()).isEqualTo("Lovelace");
        assertThat(user.get("name").get("givenName").textValue()).isEqualTo("Ada");
        assertThat(user.get("title").textValue()).isEqualTo("Countess");
        assertThat(user.get("displayName").textValue()).isEqualTo("Ada Lovelace");
    }

    /** Section 3.5.2.1: a value that exists is replaced. */
    @Test
    void anAddedValueReplacesTheOneThatExists() {
        String path = "/Users/" + idp.createUser("added");
        String add =
                "[{\"op\":\"add\", \"path\":\"emails[type eq \\\"work\\\"].value\", \"value\":\"%s@example.com\"}]";
        idp.patch(path, add.formatted("old"));

        JsonNode emails = idp.patch(path, add.formatted("new")).get("emails");

        assertThat(emails).hasSize(1);
        assertThat(emails.get(0).get("value").textValue()).isEqualTo("new@example.com");
    }

    /** Entra, with the compatible behavior of SCIM 2.0. */
    @Test
    void attributesOfExtensionsAreNamedWithTheirSchema() {
        String extension = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

        JsonNode user = idp.patch("/Users/" + idp.createUser("extended"), """
                [{"op":"Add", "value":{"%s:department":"Mathematics", "%s:nickName":"Ada"}}]""".formatted(extension, USER));

        assertThat(user.get(extension).get("department").textValue()).isEqualTo("Mathematics");
        assertThat(user.get("nickName").textValue()).isEqualTo("Ada");
        assertThat(user.get("schemas")).extracting(JsonNode::textValue).containsExactlyInAnyOrder(USER, extension);
    }

    /** Section 3.10. */
    @Test
    void attributesMayHaveTheUrnOfTheirSchema() {
        idp.createUser("urn@example.com");

        JsonNode found = idp.find("Users", USER + ":userName eq \"URN@example.com\"");

        assertThat(found.get("totalResults").intValue()).isEqualTo(1);
        JsonNode selected = idp.ok(
                "GET",
                "/Users/" + found.get("Resources").get(0).get("id").textValue() + "?attributes=" + USER + ":userName",
                "");
        assertThat(selected.get("userName").textValue()).isEqualTo("urn@example.com");
        assertThat(selected.has("meta")).isFalse();
    }

    /** Section 3.4.3. */
    @Test
    void aSearchCanBeInABody() {
        idp.createUser("searched@example.com");

        JsonNode found = idp.ok("POST", "/Users/.search", """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "attributes": ["userName", "active"],
                 "filter": "userName eq \\"searched@example.com\\"", "startIndex": 1, "count": 10}""");

        assertThat(found.get("totalResults").intValue()).isEqualTo(1);
        assertThat(found.get("Resources").get(0).get("userName").textValue()).isEqualTo("searched@example.com");
        assertThat(found.get("Resources").get(0).has("meta")).isFalse();
        assertError(
                idp.send("POST", "/Users/.search", "{\"count\": \"many\"}"),
                400,
                "invalidValue",
                "count must be a whole number, not 'many'");
    }

    @Test
    void usersAndGroupsAreFoundByTheirNames() {
        String id = idp.createUser("Finder@example.com");
        idp.patch(
                "/Users/" + id, "[{\"op\":\"add\",\"value\":{\"externalId\":\"X-1\",\"displayName\":\"The Finder\"}}]");
        String group = idp.createGroup("Found Group", id);

        assertThat(idp.find("Users", "userName eq \"finder@EXAMPLE.com\"")
                        .get("Resources")
                        .get(0)
                        .get("id")
                        .textValue())
                .isEqualTo(id);
        assertThat(idp.find("Users", "externalId eq \"X-1\"")
                        .get("totalResults")
                        .intValue())
                .isEqualTo(1);
        assertThat(idp.find("Users", "externalId eq \"x-1\"")
                        .get("totalResults")
                        .intValue())
                .isZero();
        assertThat(idp.find("Users", "displayName eq \"the finder\"")
                        .get("totalResults")
                        .intValue())
                .isEqualTo(1);
        assertThat(idp.find("Groups", "displayName eq \"Found Group\"")
                        .get("totalResults")
                        .intValue())
                .isEqualTo(1);
        assertThat(idp.find("Groups", "id eq \"" + group + "\" and members eq \"" + id + "\"")
                        .get("totalResults")
                        .intValue())
                .isEqualTo(1);
        assertThat(idp.find("Groups", "id eq \"" + group + "\" and members eq \"nobody\"")
                        .get("totalResults")
                        .intValue())
                .isZero();
    }

    @Test
    void aFilterThatWouldReadEverythingIsRefused() {
        assertError(
                idp.send("GET", "/Users?filter=title%20pr", ""),
                400,
                "invalidFilter",
                "the filter must compare userName, externalId, displayName or id with eq");
        assertError(
                idp.send("GET", "/Users?filter=userName%20eq", ""),
                400,
                "invalidFilter",
                "the filter 'userName eq' cannot be read: ");
    }

    @Test
    void aFilterThatCannotBeReadIsNamedWithoutTheWordsOfTheParser() {
        HttpResponse<String> refused = idp.send("GET", "/Users?filter=userName%20eq%20%22a%5C", "");

        assertError(refused, 400, "invalidFilter", "cannot be read: ");
        assertThat(refused.body()).contains("the filter 'userName eq").doesNotContain("Source", "StreamRead");
    }

    @Test
    void pagesHaveTheAskedSize() {
        idp.createGroup("Page 1");
        idp.createGroup("Page 2");
        JsonNode all = idp.ok("GET", "/Groups?startIndex=0", "");
        JsonNode second = idp.ok("GET", "/Groups?startIndex=2&count=1", "");

        assertThat(all.get("schemas").get(0).textValue())
                .isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        assertThat(all.get("startIndex").intValue()).isEqualTo(1);
        assertThat(second.get("totalResults")).isEqualTo(all.get("totalResults"));
        assertThat(second.get("itemsPerPage").intValue()).isEqualTo(1);
        assertThat(second.get("Resources").get(0))
                .isEqualTo(all.get("Resources").get(1));
        assertThat(idp.ok("GET", "/Groups?count=0", "").get("Resources")).isEmpty();
        assertError(
                idp.send("GET", "/Groups?count=many", ""),
                400,
                "invalidValue",
                "count must be a whole number, not 'many'");
    }

    @Test
    void attributesAreSelected() {
        String id = idp.createUser("selected");
        String group = idp.createGroup("Selected group", id);

        assertThat(idp.ok("GET", "/Groups/" + group + "?excludedAttributes=members", "")
                        .has("members"))
                .isFalse();
        JsonNode user = idp.ok("GET", "/Users/" + id + "?attributes=userName,name.givenName", "");
        assertThat(user.properties().stream().map(property -> property.getKey()))
                .containsExactlyInAnyOrder("schemas", "id", "userName");
    }

    @Test
    void oneReferenceInTheCatalogIsOneUser() {
        idp.createUser("taken@example.com");
        HttpResponse<String> second = idp.send("POST", "/Users", """
                {"schemas": ["%s"], "userName": "Taken_Example.com"}""".formatted(USER));
        assertError(
                second,
                409,
                "uniqueness",
                "userName 'Taken_Example.com' is user:default/taken_example.com in the catalog");

        String other = idp.createUser("other@example.com");
        assertError(idp.send("PUT", "/Users/" + other, """
                        {"schemas": ["%s"], "userName": "taken@example.com"}""".formatted(USER)), 409, "uniqueness", "already");
    }

    @Test
    void invalidResourcesAreRefused() {
        assertError(idp.send("POST", "/Users", "{"), 400, "invalidSyntax", "the body is not valid JSON");
        assertError(idp.send("POST", "/Users", "[]"), 400, "invalidSyntax", "the body must be an object");
        assertError(
                idp.send("POST", "/Users", "{\"userName\": \"x\"}"),
                400,
                "invalidSyntax",
                "schemas must contain " + USER);
        assertError(
                idp.send("POST", "/Users", "{\"schemas\": [\"" + USER + "\"]}"),
                400,
                "invalidValue",
                "userName is required");
        assertError(
                idp.send("POST", "/Users", "{\"schemas\": [\"" + USER + "\"], \"userName\": \"@\"}"),
                400,
                "invalidValue",
                "userName '@' cannot be a name in the catalog");
        assertError(
                idp.send(
                        "POST",
                        "/Users",
                        "{\"schemas\": [\"" + USER + "\"], \"userName\": \"x\", \"active\": \"maybe\"}"),
                400,
                "invalidValue",
                "active must be a boolean, not 'maybe'");
        assertError(
                idp.send(
                        "POST",
                        "/Users",
                        "{\"schemas\": [\"" + USER + "\"], \"userName\": \"x\", \"active\": [{\"value\": false}]}"),
                400,
                "invalidValue",
                "active must be a boolean, not [{\"value\":false}]");
        assertError(
                idp.send(
                        "POST",
                        "/Users",
                        "{\"schemas\": [\"" + USER + "\"], \"userName\": \"x\", \"emails\": \"x@y\"}"),
                400,
                "invalidValue",
                "emails must be an array of objects");
    }

    @Test
    void invalidPatchesChangeNothing() {
        String id = idp.createUser("unpatched");
        String path = "/Users/" + id;

        assertError(idp.send("PATCH", path, "{\"Operations\": []}"), 400, "invalidSyntax", "at least one operation");
        assertError(
                idp.send("PATCH", path, "{\"Operations\": [{\"op\": \"move\"}]}"),
                400,
                "invalidSyntax",
                "Operations[0] must be");
        assertError(idp.send("PATCH", path, """
                        {"Operations": [{"op": "add", "path": "title", "value": "Dr."}, {"op": "remove", "path": "userName"}]}"""), 400, "invalidValue", "userName is required");
        assertError(idp.send("PATCH", path, """
                        {"Operations": [{"op": "replace", "path": "id", "value": "7"}]}"""), 400, "mutability", "'id'");
        assertThat(idp.ok("GET", path, "").has("title")).isFalse();
    }

    @Test
    void aChangeCanExpectAVersion() {
        String path = "/Users/" + idp.createUser("versioned");
        String body = "{\"schemas\": [\"" + USER + "\"], \"userName\": \"versioned\", \"title\": \"Dr.\"}";

        assertError(idp.send("PUT", path, body, "If-Match", "W/\"7\""), 412, "", "W/\"1\", not W/\"7\"");
        assertThat(idp.send("PUT", path, body, "If-Match", "W/\"1\"").statusCode())
                .isEqualTo(200);
        assertError(idp.send("DELETE", path, "", "If-Match", "W/\"1\""), 412, "", "W/\"2\"");
    }

    @Test
    void aDeletedUserIsNoMemberAnyMore() {
        String id = idp.createUser("deleted");
        String group = idp.createGroup("Of the deleted", id);
        assertThat(idp.send("DELETE", "/Users/" + id, "").statusCode()).isEqualTo(204);

        assertThat(idp.ok("GET", "/Groups/" + group, "").has("members")).isFalse();
        assertError(idp.send("GET", "/Users/" + id, ""), 404, "", "there is no User with the id " + id);
        assertError(idp.send("DELETE", "/Users/" + id, ""), 404, "", "there is no User");
    }

    /** Section 4. */
    @Test
    void theServerDescribesItself() {
        JsonNode config = idp.ok("GET", "/ServiceProviderConfig", "");
        assertThat(config.get("patch").get("supported").booleanValue()).isTrue();
        assertThat(config.get("bulk").get("supported").booleanValue()).isFalse();
        assertThat(config.get("authenticationSchemes")).hasSize(1);

        assertThat(idp.ok("GET", "/ResourceTypes", "").get("totalResults").intValue())
                .isEqualTo(2);
        assertThat(idp.ok("GET", "/ResourceTypes/Group", "").get("endpoint").textValue())
                .isEqualTo("/Groups");
        assertThat(idp.ok("GET", "/Schemas", "").get("Resources")).hasSize(2);
        assertThat(idp.ok("GET", "/Schemas/" + USER, "").get("attributes")).isNotEmpty();
        assertError(idp.send("GET", "/Schemas/unknown", ""), 404, "", "there is nothing with the id unknown");
    }
}
