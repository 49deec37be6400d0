/** A service of Windows has an environment of its own, which it reads when it starts. Between underscores stands what is filled in elsewhere. */
export const proxyOfService = (service: 'containerd' | 'rke2'): string =>
  `Set-ItemProperty -Path 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\${service}' -Name Environment -Type MultiString -Value @(
  'HTTP_PROXY=__PROXY_URL__'
  'HTTPS_PROXY=__PROXY_URL__'
  'NO_PROXY=__NO_PROXY__'
)
`;
