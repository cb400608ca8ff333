<?php
/**
 * Lets PHP's own server answer under Wikimedia's layout of addresses:
 * /w/api.php, /wiki/Title.  For a browser, which cannot send another wiki's
 * Host header, the same stands below /=<dbname>/.
 */

$farmRoot = getenv( 'FARM_MEDIAWIKI' );
$farmPath = rawurldecode( strtok( $_SERVER['REQUEST_URI'], '?' ) );
$_SERVER['FARM_PREFIX'] = '';
if ( preg_match( '!^/=([a-z0-9_]+)(/.*)?$!', $farmPath, $farmMatch ) ) {
	$_SERVER['FARM_WIKI'] = $farmMatch[1];
	$_SERVER['FARM_PREFIX'] = '/=' . $farmMatch[1];
	$farmPath = $farmMatch[2] ?? '/';
}

/** Notes the request in the log, without secrets and without long texts. */
( static function () use ( $farmPath ) {
	$params = [];
	foreach ( $_GET + $_POST as $name => $value ) {
		$secret = preg_match( '/token|password/i', (string)$name );
		$params[$name] = $secret || !is_string( $value ) ? '…' : mb_substr( $value, 0, 500 );
	}
	$line = json_encode( [
		'time' => microtime( true ),
		'wiki' => $_SERVER['FARM_WIKI'] ?? '',
		'host' => $_SERVER['HTTP_HOST'] ?? '',
		'method' => $_SERVER['REQUEST_METHOD'],
		'path' => $farmPath,
		'params' => (object)$params,
	], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE );
	file_put_contents( getenv( 'FARM_RUN' ) . '/requests.jsonl', "$line\n", FILE_APPEND | LOCK_EX );
} )();

/** Sends a file of the tree; the entry points alone are ever executed. */
$farmSendFile = static function ( string $file ) use ( $farmRoot ): void {
	$types = [
		'css' => 'text/css', 'js' => 'text/javascript', 'svg' => 'image/svg+xml',
		'png' => 'image/png', 'gif' => 'image/gif', 'ico' => 'image/x-icon',
		'woff2' => 'font/woff2',
	];
	$real = realpath( $farmRoot . $file );
	$type = $types[ pathinfo( $file, PATHINFO_EXTENSION ) ] ?? null;
	if ( !$real || !$type || !str_starts_with( $real, realpath( $farmRoot ) . '/' ) ) {
		http_response_code( 404 );
		return;
	}
	header( "Content-Type: $type" );
	readfile( $real );
};

if ( preg_match( '!^/w/(index|api|load|rest)\.php(/.*)?$!', $farmPath, $farmMatch ) ) {
	$farmEntry = $farmMatch[1];
	$_SERVER['PATH_INFO'] = $farmMatch[2] ?? '';
} elseif ( preg_match( '!^/wiki/.!', $farmPath ) ) {
	$farmEntry = 'index';
} elseif ( preg_match( '!^/w(/(?:resources|skins|extensions)/.+)$!', $farmPath, $farmMatch ) ) {
	$farmSendFile( $farmMatch[1] );
	return true;
} elseif ( $farmPath === '/' || $farmPath === '/wiki/' ) {
	header( "Location: {$_SERVER['FARM_PREFIX']}/wiki/Main_Page", true, 302 );
	return true;
} else {
	http_response_code( 404 );
	return true;
}

$_SERVER['SCRIPT_NAME'] = "{$_SERVER['FARM_PREFIX']}/w/$farmEntry.php";
$_SERVER['PHP_SELF'] = $_SERVER['SCRIPT_NAME'] . ( $_SERVER['PATH_INFO'] ?? '' );
$_SERVER['SCRIPT_FILENAME'] = "$farmRoot/$farmEntry.php";
chdir( $farmRoot );
require "$farmRoot/$farmEntry.php";
return true;
