import android.webkit.WebView

fun show(view: WebView, bridge: Bridge) {
    // ruleid: web-view-open-to-pages
    view.settings.allowFileAccess = true
    // ruleid: web-view-open-to-pages
    view.settings.allowUniversalAccessFromFileURLs = true
    view.settings.apply {
        javaScriptEnabled = true
    }
    // ruleid: web-view-open-to-pages
    view.settings.setAllowFileAccessFromFileURLs(true)
    // ruleid: web-view-open-to-pages
    view.addJavascriptInterface(bridge, "pump")
    // ruleid: web-view-open-to-pages
    WebView.setWebContentsDebuggingEnabled(true)
    // ok: web-view-open-to-pages
    view.settings.allowFileAccess = false
    // ok: web-view-open-to-pages
    view.settings.setAllowFileAccess(false)
    // ok: web-view-open-to-pages
    view.settings.javaScriptEnabled = true
    // ok: web-view-open-to-pages
    view.removeJavascriptInterface("pump")
    // ok: web-view-open-to-pages
    view.loadUrl("https://pump.example.org/help")
    // ok: web-view-open-to-pages
    WebView.setWebContentsDebuggingEnabled(BuildConfig.DEBUG)
}
