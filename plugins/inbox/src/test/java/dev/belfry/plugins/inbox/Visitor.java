package dev.belfry.plugins.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.belfry.testkit.TestHost;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A user with a browser window of their own. Closing it fails the test if the page had an error or left its host. */
final class Visitor implements AutoCloseable {

    private final TestHost host;
    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    private Visitor(TestHost host, BrowserContext context) {
        this.host = host;
        this.context = context;
        this.page = context.newPage();
        String home = host.uri("/").toString();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                faults.add(message.text() + " " + message.location());
            }
        });
        page.onPageError(faults::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(home)) {
                faults.add("request to " + request.url());
            }
        });
    }

    static Visitor of(TestHost host, Browser browser, String user) {
        return of(host, browser, user, new NewContextOptions());
    }

    static Visitor of(TestHost host, Browser browser, String user, NewContextOptions options) {
        options.setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + host.tokenOf(user)));
        return new Visitor(host, browser.chromium().newContext(options));
    }

    Visitor visit(String path) {
        page.navigate(host.uri(path).toString());
        page.locator("belfry-inbox-page[ready]").waitFor();
        return this;
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    Locator items() {
        return page.locator(".item");
    }

    Locator item(String title) {
        return items().filter(new Locator.FilterOptions().setHasText(title));
    }

    Locator button(String name) {
        return page.locator("button:visible")
                .filter(new Locator.FilterOptions().setHasText(name))
                .first();
    }

    /** Forgets faults that the test has caused. */
    void forgive() {
        faults.clear();
    }

    @Override
    public void close() {
        context.close();
        assertThat(faults).isEmpty();
    }
}
