package dev.belfry.plugins.inbox;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A Chromium of the system, driven by Playwright. */
final class Browser implements AutoCloseable {

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    /** Skips the test, in a line that nobody overlooks, where there is no browser. */
    static Browser start() {
        Optional<Path> executable = executable();
        if (executable.isEmpty()) {
            System.out.println(
                    "SKIPPED: the tests of the inbox need a browser; install chromium, or set BELFRY_CHROMIUM");
        }
        Assumptions.assumeTrue(executable.isPresent(), "there is no Chromium");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(executable.get())
                                .setArgs(List.of("--no-sandbox"))));
    }

    private static Optional<Path> executable() {
        return Optional.ofNullable(System.getenv("BELFRY_CHROMIUM"))
                .or(() -> Optional.of("/usr/bin/chromium"))
                .map(Path::of)
                .filter(Files::isExecutable);
    }

    com.microsoft.playwright.Browser chromium() {
        return chromium;
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
