<?php
/** The name of the special page. */

$specialPageAliases = [];
$specialPageAliases['en'] = [
	'MassMessage' => [ 'MassMessage' ],
];
