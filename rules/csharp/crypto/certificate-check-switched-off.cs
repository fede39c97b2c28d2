using System.Net;
using System.Net.Http;
using System.Net.Security;

class Links
{
    HttpClient Open(HttpClientHandler handler, SslClientAuthenticationOptions options, Stream stream)
    {
        // ruleid: certificate-check-switched-off
        handler.ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) => true;
        // ruleid: certificate-check-switched-off
        handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        // ruleid: certificate-check-switched-off
        ServicePointManager.ServerCertificateValidationCallback += (sender, certificate, chain, errors) => true;
        // ruleid: certificate-check-switched-off
        ServicePointManager.ServerCertificateValidationCallback = delegate { return true; };
        // ruleid: certificate-check-switched-off
        options.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) => { return true; };
        // ruleid: certificate-check-switched-off
        var other = new HttpClientHandler { ServerCertificateCustomValidationCallback = (a, b, c, d) => true, UseCookies = false };
        // ruleid: certificate-check-switched-off
        var tls = new SslStream(stream, false, (sender, certificate, chain, errors) => true);
        // ok: certificate-check-switched-off
        handler.ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) => errors == SslPolicyErrors.None;
        // ok: certificate-check-switched-off
        handler.ServerCertificateCustomValidationCallback = Check;
        // ok: certificate-check-switched-off
        handler.CheckCertificateRevocationList = true;
        // ok: certificate-check-switched-off
        options.RemoteCertificateValidationCallback = null;
        // ok: certificate-check-switched-off
        var plain = new HttpClientHandler { UseCookies = true };
        // ok: certificate-check-switched-off
        var checkedStream = new SslStream(stream, false);
        // ok: certificate-check-switched-off
        var filtered = certificates.Where((certificate) => true);
        return new HttpClient(handler);
    }
}
