package dev.belfry.host.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A raw HTTP connection. */
final class RawConnection implements AutoCloseable {

    private final Socket socket;

    RawConnection(Socket connected) {
        socket = connected;
    }

    RawConnection(int port) throws IOException {
        this(new Socket("127.0.0.1", port));
    }

    RawConnection(int port, int receiveBuffer) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
    }

    RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /** Closes the sending side. */
    RawConnection end() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Everything received until the host closes the connection. */
    String readAll(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
        InputStream in = socket.getInputStream();
        StringBuilder all = new StringBuilder();
        byte[] buffer = new byte[8192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                all.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
        } catch (SocketException e) {
            return all.toString();
        }
        return all.toString();
    }

    /** The first line received. */
    String readLine(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
        StringBuilder line = new StringBuilder();
        for (int read = socket.getInputStream().read();
                read >= 0 && read != '\n';
                read = socket.getInputStream().read()) {
            line.append((char) read);
        }
        return line.toString().strip();
    }

    /** The bytes that have arrived and are not read yet; does not wait. */
    String received() throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(in.available()), StandardCharsets.UTF_8);
    }

    /** Whether the host has closed the connection; received data is skipped. */
    boolean isClosed() {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
