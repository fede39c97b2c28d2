import android.net.http.SslError
import android.webkit.SslErrorHandler
import android.webkit.WebView
import android.webkit.WebViewClient
import java.security.cert.X509Certificate
import javax.net.ssl.HostnameVerifier
import javax.net.ssl.SSLSession
import javax.net.ssl.X509TrustManager

class TrustsAll : X509TrustManager {
    override fun checkClientTrusted(chain: Array<X509Certificate>, authType: String) {}

    // ruleid: any-certificate-trusted
    override fun checkServerTrusted(chain: Array<X509Certificate>, authType: String) {}

    override fun getAcceptedIssuers(): Array<X509Certificate> = arrayOf()
}

val trusting = object : X509TrustManager {
    override fun checkClientTrusted(chain: Array<X509Certificate>?, authType: String?) = Unit

    // ruleid: any-certificate-trusted
    override fun checkServerTrusted(chain: Array<X509Certificate>?, authType: String?) = Unit

    override fun getAcceptedIssuers(): Array<X509Certificate> = emptyArray()
}

class AnyHost : HostnameVerifier {
    // ruleid: any-certificate-trusted
    override fun verify(hostname: String?, session: SSLSession?): Boolean {
        return true
    }
}

class OneHost : HostnameVerifier {
    // ok: any-certificate-trusted
    override fun verify(hostname: String?, session: SSLSession?): Boolean = hostname == "pump.example.org"
}

fun client(pinned: HostnameVerifier): OkHttpClient {
    val builder = OkHttpClient.Builder()
    // ruleid: any-certificate-trusted
    builder.hostnameVerifier { _, _ -> true }
    // ok: any-certificate-trusted
    builder.hostnameVerifier(pinned)
    // ok: any-certificate-trusted
    builder.hostnameVerifier { host, session -> known(host) }
    // ruleid: any-certificate-trusted
    val verifier = HostnameVerifier { host, session -> true }
    return builder.build()
}

class Page : WebViewClient() {
    override fun onReceivedSslError(view: WebView, handler: SslErrorHandler, error: SslError) {
        // ruleid: any-certificate-trusted
        handler.proceed()
    }
}

class CarefulPage : WebViewClient() {
    override fun onReceivedSslError(view: WebView, handler: SslErrorHandler, error: SslError) {
        // ok: any-certificate-trusted
        handler.cancel()
    }

    fun next(step: Step) {
        // ok: any-certificate-trusted
        step.proceed()
    }
}

class Checks(private val inner: X509TrustManager) : X509TrustManager {
    // ok: any-certificate-trusted
    override fun checkServerTrusted(chain: Array<X509Certificate>, authType: String) {
        inner.checkServerTrusted(chain, authType)
    }

    // ok: any-certificate-trusted
    fun verify(signature: ByteArray): Boolean = check(signature)
}
