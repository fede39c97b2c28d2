use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode};

fn gateway() -> Result<reqwest::Client, Error> {
    // ruleid: unchecked-certificate
    let client = reqwest::Client::builder().danger_accept_invalid_certs(true).build()?;
    Ok(client)
}

fn by_any_name() -> Result<reqwest::Client, Error> {
    let builder = reqwest::Client::builder().timeout(TIMEOUT);
    // ruleid: unchecked-certificate
    builder.danger_accept_invalid_hostnames(true).build().map_err(Error::from)
}

fn connector() -> Result<SslConnector, Error> {
    let mut builder = SslConnector::builder(SslMethod::tls())?;
    // ruleid: unchecked-certificate
    builder.set_verify(SslVerifyMode::NONE);
    Ok(builder.build())
}

fn watched() -> Result<SslConnector, Error> {
    let mut builder = SslConnector::builder(SslMethod::tls())?;
    // ruleid: unchecked-certificate
    builder.set_verify_callback(openssl::ssl::SslVerifyMode::NONE, |_, _| true);
    Ok(builder.build())
}

fn connect(connector: &SslConnector) -> Result<(), Error> {
    let mut configuration = connector.configure()?;
    // ruleid: unchecked-certificate
    configuration.set_verify_hostname(false);
    connect_with(configuration)
}

fn switched_off_by_a_constant() -> reqwest::ClientBuilder {
    let accept = true;
    // ruleid: unchecked-certificate
    reqwest::Client::builder().danger_accept_invalid_certs(accept)
}

fn checked() -> Result<reqwest::Client, Error> {
    // ok: unchecked-certificate
    let client = reqwest::Client::builder().danger_accept_invalid_certs(false).build()?;
    // ok: unchecked-certificate
    let other = reqwest::Client::builder().add_root_certificate(authority()?).build()?;
    // ok: unchecked-certificate
    let third = reqwest::Client::new();
    choose(client, other, third)
}

fn checked_connector() -> Result<SslConnector, Error> {
    let mut builder = SslConnector::builder(SslMethod::tls())?;
    // ok: unchecked-certificate
    builder.set_verify(SslVerifyMode::PEER);
    // ok: unchecked-certificate
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    let mut configuration = builder.build().configure()?;
    // ok: unchecked-certificate
    configuration.set_verify_hostname(true);
    // ok: unchecked-certificate
    log::warn!("danger_accept_invalid_certs(true) is not allowed");
    Ok(builder.build())
}
